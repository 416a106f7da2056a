import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, pageWith } from './built-paper.ts';

for (const paper of builtPapers) {
  const tables = readdirSync(`dist/${paper}/tables`).filter((name) => name.endsWith('.json'));

  test(`the panels of ${paper} print formulas, real minus signs and powers, and nothing twice`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    // A panel is filled from its table's JSON alone: one page opens those of all tables.
    await page.goto(`/${paper}/tables/${tables[0]?.replace(/\.json$/, '')}/`);
    const panel = page.locator('.value-panel');
    let opened = 0;
    for (const file of tables) {
      const id = file.replace(/\.json$/, '');
      const { title, claims } = JSON.parse(readFileSync(`dist/${paper}/tables/${file}`, 'utf8'));
      const isPrinted = await page.evaluate(async (address) => {
        const html = await (await fetch(address)).text();
        const number = new DOMParser()
          .parseFromString(html, 'text/html')
          .querySelector<HTMLElement>('[data-table] td [data-value]');
        if (!number) return false;
        document.querySelector('main')?.prepend(number);
        number.click();
        return true;
      }, `/${paper}/tables/${id}/`);
      if (!isPrinted) continue;
      opened += 1;
      await expect(panel.locator('h2')).toBeVisible();
      // What a reader sees: neither the words for a voice nor the source of a formula, nor what stands as code.
      const text = await panel.evaluate((of) => {
        const copy = of.cloneNode(true) as Element;
        for (const gone of copy.querySelectorAll('.visually-hidden, .katex-mathml, code, pre')) gone.remove();
        return copy.textContent ?? '';
      });
      expect(text, title).not.toMatch(/\$|\\[a-z]|mathrm|Vert/);
      expect(text, title).not.toMatch(/\d[eE][+-]?\d|(^|[\s(])-\d/);
      expect(text, title).not.toMatch(/\b[01] times\b/);
      const terms = await panel.locator('dt').allTextContents();
      expect(new Set(terms).size, title).toBe(terms.length);
      expect(terms).toContain('In');
      expect(await panel.locator('dd li a').count()).toBeGreaterThanOrEqual(claims.length);
    }
    expect(opened).toBeGreaterThan(0);
  });
}

/** The numbers of a paper's pages that lead somewhere, each with its page. */
const linked = (paper: string) =>
  addressesOf(paper).flatMap((address) =>
    [
      ...readFileSync(`dist${address}index.html`, 'utf8').matchAll(/<a class="value"[^>]* href="([^"]*)"/g),
    ].map(([, href = '']) => new URL(href, `http://site${address}`)),
  );

for (const paper of builtPapers) {
  test(`without a script each number in the prose of ${paper} leads to a place of its own`, () => {
    const places = linked(paper);
    expect(places.length).toBeGreaterThan(0);
    for (const { pathname, hash } of places) {
      expect(readFileSync(`dist${pathname}index.html`, 'utf8'), pathname).toContain(
        `id="${decodeURIComponent(hash.slice(1))}"`,
      );
    }
  });

  test(`from a number in the prose of ${paper} the line that made it is two presses away`, async ({
    page,
  }) => {
    const address = addressesOf(paper).find((of) =>
      readFileSync(`dist${of}index.html`, 'utf8').includes('<a class="value"'),
    );
    await page.goto(address ?? '');
    await page.locator('a.value').first().click();
    const made = page.locator('.value-panel .made a').first();
    const [, file = '', line = ''] = /^(.*):(\d+)$/.exec((await made.textContent()) ?? '') ?? [];
    await made.click();
    await expect(page).toHaveURL(new RegExp(`/${paper}/source/${file}/#L${line}$`));
    const target = page.locator(`#L${line}`);
    await expect(target).toBeInViewport();
    expect(await target.textContent()).toBe(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]);
    // Who comes back is where they were; who closes it then finds it shut.
    await page.goBack();
    await expect(page.locator('.value-panel .made a').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(page.locator('a.value').first()).toBeVisible();
    await expect(page.locator('.value-panel[open]')).toHaveCount(0);
  });
}

test('a number of no table, and one of a whole column, tell the sentences that print them', async ({
  page,
}) => {
  for (const kind of ['values/#', '.mean']) {
    const found = builtPapers
      .flatMap((paper) => addressesOf(paper))
      .find((of) =>
        new RegExp(`<a class="value"[^>]*href="[^"]*${kind}`).test(
          readFileSync(`dist${of}index.html`, 'utf8'),
        ),
      );
    test.skip(found === undefined, `a page that prints a number of this kind lifts this: ${kind}`);
    await page.goto(found ?? '');
    const number = page.locator(`a.value[href*="${kind}"]`).first();
    const text = ((await number.textContent()) ?? '').replace(/\s/g, ' ');
    await number.click();
    await expect(page.locator('.value-panel dt', { hasText: 'Printed in' })).toBeVisible();
    const sentence = page.locator('.value-panel dt:has-text("Printed in") + dd a').first();
    expect(await sentence.textContent()).toContain(text);
    await sentence.click();
    await expect(page.locator(':target')).toBeInViewport();
    await page.keyboard.press('Escape');
  }
});

test('of many sentences that print a number two stand open, and the others are a press away', async ({
  page,
}) => {
  const [many] = builtPapers.flatMap((paper) => {
    const file = `dist/${paper}/values.json`;
    if (!existsSync(file)) return [];
    const { values } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly values: Readonly<Record<string, { readonly sentences: readonly unknown[] }>>;
    };
    return Object.entries(values).flatMap(
      ([
        id,
        {
          sentences: { length },
        },
      ]) => {
        const page = pageWith(new RegExp(`<a class="value"[^>]*href="[^"]*values/#${id}"`));
        return length > 2 && page?.startsWith(`/${paper}/`) ? [{ id, length, page }] : [];
      },
    );
  });
  test.skip(many === undefined, 'no number of no table is printed in three sentences');
  await page.goto(many?.page ?? '');
  await page.locator(`a.value[href$="values/#${many?.id}"]`).first().click();
  const printed = page.locator('.value-panel dt:has-text("Printed in") + dd');
  await expect(printed.locator('a:visible')).toHaveCount(2);
  await printed.locator('summary').click();
  await expect(printed.locator('a:visible')).toHaveCount(many?.length ?? 0);
});
