/** What every page keeps to, whichever papers were built. */
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, openMarkup, resultsOf } from './built-paper.ts';
import { independently, plain } from './printed-number.ts';

test('some paper was built', () => {
  expect(builtPapers).not.toEqual([]);
});

for (const paper of builtPapers) {
  test.describe(paper, () => {
    const results = resultsOf(paper);

    test('every printed value shows what results.json says', async ({ page }) => {
      const printed: { readonly id: string; readonly raw: string | null; readonly text: string }[] = [];
      for (const address of addressesOf(paper)) {
        await openMarkup(page, address);
        printed.push(
          ...(await page.locator('[data-value]').evaluateAll((nodes) =>
            nodes.map((node) => ({
              id: node.getAttribute('data-value') ?? '',
              raw: node.getAttribute('data-raw'),
              text: node.textContent ?? '',
            })),
          )),
        );
      }
      expect(printed.length).toBeGreaterThan(0);
      // Thousands of them: told at once, since a single expectation takes its time.
      const wrong = printed.filter(({ id, raw, text }) => {
        const value = results.values[id];
        return (
          !value ||
          raw !== String(value.value) ||
          plain(text) !== (value.shown ?? independently(value.value, value.format))
        );
      });
      expect(wrong).toEqual([]);
    });

    test('every table has a page, and stands with all of its rows where the paper has it', async ({
      page,
      request,
    }) => {
      await openMarkup(page, `/${paper}/`);
      const shownTables = await page.locator('[data-table]').evaluateAll((tables) =>
        tables.map((table) => ({
          of: table.getAttribute('data-table') ?? '',
          lines: [...table.querySelectorAll(':scope > .scroll tbody tr')].map((line) =>
            [...line.children].map((cell) => ({
              text: (cell.querySelector('.computed')?.textContent ?? '').trim(),
              id: cell.querySelector('.computed [data-value]')?.getAttribute('data-value') ?? null,
            })),
          ),
        })),
      );
      for (const [id, { columns, rows, keys, headline }] of Object.entries(results.tables)) {
        expect((await request.head(`/${paper}/tables/${id}/`)).status(), id).toBe(200);
        const shown = shownTables.find(({ of }) => of === id)?.lines;
        if (!shown) continue;
        const names = new Map(columns.map((column) => [column.id, column]));
        rows.forEach((row, index) => {
          const cells = shown[index] ?? [];
          expect(cells.length, `${id}, row ${index}`).toBeGreaterThan(0);
          for (const { text, id: value } of cells) {
            if (value === null) continue;
            // The column is named last, before what says that it is of several seeds.
            const column = names.get(
              value
                .replace(/\.seeds?[-.].*$/, '')
                .split('.')
                .at(-1) ?? '',
            );
            const cell = row[column?.id ?? ''] ?? null;
            const place = `${id} ${row[keys[0] ?? '']} ${column?.id}`;
            if (value.endsWith('.seeds.mean')) expect(headline, place).toBe('mean');
            if (value.endsWith('.seeds.mean') || cell === null) continue;
            expect(plain(text), place).toBe(column?.words?.[cell] ?? independently(cell, column?.format));
          }
        });
      }
    });

    test('every claim carries its verdict in words', async ({ page }) => {
      let count = 0;
      for (const address of addressesOf(paper)) {
        await openMarkup(page, address);
        const claims = await page.locator('.claim').evaluateAll((nodes) =>
          nodes.map((node) => ({
            id: node.getAttribute('data-claim') ?? '',
            verdict: node.getAttribute('data-verdict'),
            words: [...node.querySelectorAll('.verdict')].map((word) => word.textContent?.trim()),
          })),
        );
        count += claims.length;
        for (const { id, verdict: said, words } of claims) {
          const { verdict, original } = results.claims[id]!;
          expect(said, id).toBe(verdict);
          // A sentence is the one of its verdict and says it itself: a word tells where the original says another.
          const differs = original !== null && original !== verdict;
          expect(words, id).toEqual(
            differs ? [expect.stringMatching(/^original says|^original leaves/)] : [],
          );
        }
      }
      expect(count).toBe(Object.values(results.claims).filter(({ sentence }) => sentence !== null).length);
    });

    test('the pages load without a console error or a request to another site', async ({ page, baseURL }) => {
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(baseURL ?? '') && !request.url().startsWith('data:'))
          faults.push(request.url());
      });
      page.on('response', (response) => {
        if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
      });
      for (const path of ['/', ...addressesOf(paper)]) await page.goto(path, { waitUntil: 'networkidle' });
      expect(faults).toEqual([]);
    });

    test('figures are drawn, described and can be downloaded', async ({ page, request }) => {
      await openMarkup(page, `/${paper}/`);
      const figures = page.locator('[data-figure]');
      for (const figure of await figures.all()) {
        await expect(figure.locator('[role="img"]')).toHaveAttribute('aria-label', /\w{3,}/);
        const id = await figure.getAttribute('data-figure');
        const csv = await (await request.get(`/${paper}/figures/${id}.csv`)).text();
        const rows = csv.trimEnd().split('\r\n').length - 1;
        expect(rows).toBeGreaterThan(2);
        // Its own page has them as a table, as many as are drawn.
        const data = await (await request.get(`/${paper}/figures/${id}/`)).text();
        expect(data.match(/<tr/g)?.length).toBe(rows + 1);
      }
    });

    test('references land where they say, and citations in the bibliography', async ({ page }) => {
      await openMarkup(page, `/${paper}/`);
      const within = ['a.ref', 'a.cite', '.contents a', '.deep-link'].map((link) => `${link}[href^="#"]`);
      const targets = await page.locator(within.join(', ')).evaluateAll((links) =>
        links.map((link) => {
          const target = document.querySelector(link.getAttribute('href') ?? '');
          return {
            href: link.getAttribute('href'),
            text: link.textContent,
            found: target?.textContent ?? null,
          };
        }),
      );
      expect(targets.length).toBeGreaterThan(0);
      for (const { href, text, found } of targets) {
        expect(found, href ?? '').not.toBeNull();
        if (text?.startsWith('Table') || text?.startsWith('Figure')) expect(found).toContain(`${text}.`);
        if (text?.startsWith('Equation')) expect(found).toContain(`(${text.split(' ')[1]})`);
      }
    });

    test('a phone draws its figures whole', async ({ browser, baseURL }) => {
      const page = await browser.newPage({
        viewport: { width: 390, height: 844 },
        ...(baseURL ? { baseURL } : {}),
      });
      await page.goto(`/${paper}/`);
      const cut = await page
        .locator('[data-figure] > .scroll')
        .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
      expect(cut).toBe(0);
      // A drawing is a file that the page uses: what is not there yet, or never comes, is nothing wide.
      const shown = page.locator('[data-figure] > .scroll > svg:visible > use');
      await expect(shown).toHaveCount(await page.locator('[data-figure]').count());
      for (const drawing of await shown.all())
        await expect
          .poll(() => drawing.evaluate((use: SVGUseElement) => use.getBBox().width))
          .toBeGreaterThan(100);
      await page.close();
    });

    test('the page needs at most 30 kB of JavaScript, and of each font what pages print', async ({
      page,
    }) => {
      const scripts: Promise<number>[] = [];
      const fonts: Promise<number>[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/source-')) fonts.push(response.body().then((body) => body.length));
        if (response.request().resourceType() === 'script')
          scripts.push(response.body().then((body) => body.length));
      });
      await page.goto(`/${paper}/`, { waitUntil: 'networkidle' });
      // What comes now comes after the first look: its body would be asked for while the test ends.
      await page.evaluate(() => document.fonts.ready.then(() => null));
      page.removeAllListeners('response');
      const inline = await page
        .locator('script')
        .evaluateAll((nodes) => nodes.reduce((sum, node) => sum + (node.textContent?.length ?? 0), 0));
      const bytes = (await Promise.all(scripts)).reduce((sum, length) => sum + length, 0);
      expect(bytes + inline).toBeLessThanOrEqual(30_000);
      expect(fonts.length).toBeGreaterThan(1);
      // A whole one has 29 kB or more.
      expect(Math.max(...(await Promise.all(fonts)))).toBeLessThan(28_000);
    });

    test('no formula failed', async ({ page }) => {
      await openMarkup(page, `/${paper}/`);
      await expect(page.locator('.katex-error')).toHaveCount(0);
    });
  });
}

test('the home page names every paper and leads to it', async ({ page }) => {
  for (const paper of builtPapers) {
    await page.goto('/');
    await page.locator(`main a[href$="/${paper}/"]`).click();
    await expect(page).toHaveURL(new RegExp(`/${paper}/$`));
  }
});
