import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

interface Format {
  readonly style: 'fixed' | 'signed' | 'share' | 'scientific' | 'significant' | 'count';
  readonly digits?: number;
}
interface Results {
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly columns: readonly {
          readonly id: string;
          readonly format?: Format;
          readonly words?: Readonly<Record<string, string>>;
          readonly beside?: unknown;
        }[];
        readonly keys: readonly string[];
        readonly rows: readonly Readonly<Record<string, number | string | null>>[];
        readonly headline?: 'mean' | 'first';
        readonly replicates?: readonly {
          readonly seed: number;
          readonly rows: readonly Readonly<Record<string, number | string | null>>[];
        }[];
      }
    >
  >;
  readonly values: Readonly<
    Record<string, { readonly value: number | string; readonly format?: Format; readonly shown?: string }>
  >;
  readonly claims: Readonly<Record<string, { readonly verdict: string; readonly sentence: string | null }>>;
}

const results = JSON.parse(readFileSync('dist/paper-54/results.json', 'utf8')) as Results;

/** Numbers as a reader should see them, written apart from the site's own formatting. */
const independently = (value: number | string, format: Format | undefined): string => {
  if (typeof value === 'string') return value;
  if (!format) return String(value).replace('-', '−');
  const { style, digits = 0 } = format;
  if (style === 'scientific') {
    const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const [mantissa, exponent] = new Intl.NumberFormat('en-US', { notation: 'scientific', ...fractions })
      .format(value)
      .replaceAll('-', '−')
      .split('E');
    return `${mantissa} × 10${exponent}`;
  }
  const number = new Intl.NumberFormat('en-US', {
    ...(style === 'significant'
      ? { minimumSignificantDigits: digits, maximumSignificantDigits: digits }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    useGrouping: style === 'count',
    signDisplay: style === 'signed' ? 'exceptZero' : 'negative',
  });
  // The exact decimal expansion of the double: a tie in the shortest one (0.00225) is none in the double itself.
  const exact = (style === 'share' ? value * 100 : value).toFixed(60) as `${number}`;
  const shown = number.format(exact).replace('-', '−');
  return style === 'share' ? `${shown} %` : shown;
};

const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ').trim();

const open = async (page: Page): Promise<void> => {
  await page.goto('/paper-54/');
};

test('every printed value shows what results.json says', async ({ page }) => {
  await open(page);
  const printed = await page.locator('[data-value]').evaluateAll((nodes) =>
    nodes.map((node) => ({
      id: node.getAttribute('data-value') ?? '',
      raw: node.getAttribute('data-raw'),
      text: node.textContent ?? '',
    })),
  );
  expect(printed.length).toBeGreaterThan(300);
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

test('every table stands on the page with all of its rows', async ({ page }) => {
  await open(page);
  for (const [id, { columns, rows, keys, headline }] of Object.entries(results.tables)) {
    const body = page.locator(`[data-table="${id}"] > .scroll tbody tr`);
    const shown = await body.evaluateAll((lines) =>
      lines.map((line) =>
        [...line.children].map((cell) => ({
          text: (cell.querySelector('.computed')?.textContent ?? '').trim(),
          id: cell.querySelector('.computed [data-value]')?.getAttribute('data-value') ?? null,
        })),
      ),
    );
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

/** 97.5 % quantiles of Student's t, by seeds. */
const studentQuantile: Readonly<Record<number, number>> = { 2: 12.7062, 3: 4.30265, 4: 3.18245, 5: 2.77645 };

test('the mean over seeds is printed with its interval, and each seed on demand', async ({ page }) => {
  await open(page);
  const { rows, columns, replicates } = results.tables['value-crescendo']!;
  const table = page.locator('[data-table="value-crescendo"]');
  if (!replicates) {
    await expect(page.locator('.aside.seeds, details.each-seed')).toHaveCount(0);
    return;
  }
  const ofSeeds = replicates.map((replicate) => Number(replicate.rows[0]?.['v-norm']));
  const mean = ofSeeds.reduce((sum, x) => sum + x, 0) / ofSeeds.length;
  const variance = ofSeeds.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (ofSeeds.length - 1);
  const half = studentQuantile[ofSeeds.length]! * Math.sqrt(variance / ofSeeds.length);
  const format = columns.find(({ id }) => id === 'v-norm')?.format;
  const printed = page.locator('[data-value="value-crescendo.layer-0.v-norm.seeds.mean"]').first();
  expect(plain((await printed.textContent()) ?? '')).toBe(independently(mean, format));
  const cell = table.locator('td', { has: printed }).first();
  expect(plain((await cell.locator('.seeds').textContent()) ?? '').replace(/\s+/g, ' ')).toBe(
    `± ${independently(half, format)}`,
  );
  const each = table.locator('details.each-seed tbody tr');
  await expect(each.first()).toBeHidden();
  await table.getByText('Each seed').click();
  await expect(each.first()).toBeVisible();
  await expect(each).toHaveCount(rows.length * replicates.length);
});

test('reported figures stand beside computed ones, digits as printed', async ({ page }) => {
  await open(page);
  await expect(
    page.locator('[data-table="training-ladder"] .aside.reported').filter({ hasText: '4.38' }),
  ).toBeVisible();
  await expect(
    page.locator('[data-table="value-crescendo"] .aside.reported').filter({ hasText: '13.70' }),
  ).toHaveCount(1);
  await expect(page.locator('[data-table="asymmetry"] .aside.null').first()).toContainText(' to ');
});

test('every claim carries its verdict in words', async ({ page }) => {
  await open(page);
  const claims = page.locator('.claim');
  expect(await claims.count()).toBe(
    Object.values(results.claims).filter(({ sentence }) => sentence !== null).length,
  );
  for (const claim of await claims.all()) {
    const id = (await claim.getAttribute('data-claim')) ?? '';
    const verdict = results.claims[id]?.verdict ?? '';
    await expect(claim).toHaveAttribute('data-verdict', verdict);
    await expect(claim.locator('.verdict')).toHaveText(verdict);
  }
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
  for (const path of ['/', '/paper-54/']) await page.goto(path, { waitUntil: 'networkidle' });
  expect(faults).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the ${colorScheme} pages have no accessibility violation`, async ({ browser, baseURL }) => {
    // The paper's tables hold thousands of cells, each of which is looked at.
    test.setTimeout(240_000);
    const page = await (await browser.newContext({ colorScheme, ...(baseURL ? { baseURL } : {}) })).newPage();
    for (const path of ['/', '/paper-54/']) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    await page.close();
  });
}

test('formulas are rendered and none failed', async ({ page }) => {
  await open(page);
  expect(await page.locator('.katex').count()).toBeGreaterThan(50);
  await expect(page.locator('.katex-error')).toHaveCount(0);
  await expect(page.locator('#eq-score .katex-display')).toBeVisible();
});

test('figures are drawn, described and can be downloaded', async ({ page, request }) => {
  await open(page);
  const figures = page.locator('[data-figure]');
  expect(await figures.count()).toBe(8);
  for (const figure of await figures.all()) {
    expect(await figure.locator('svg path').count()).toBeGreaterThan(5);
    await expect(figure.locator('[role="img"]')).toHaveAttribute('aria-label', /\w{3,}/);
    const id = await figure.getAttribute('data-figure');
    const csv = await (await request.get(`/paper-54/figures/${id}.csv`)).text();
    expect(csv.split('\r\n').length).toBeGreaterThan(4);
  }
});

/** WCAG contrast of two colours as the browser computes them. */
const contrast = (a: readonly number[], b: readonly number[]): number => {
  const luminance = (rgb: readonly number[]): number => {
    const [r = 0, g = 0, blue = 0] = rgb.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

for (const colorScheme of ['light', 'dark'] as const) {
  test(`text and lines of figures can be told from the ${colorScheme} ground`, async ({
    browser,
    baseURL,
  }) => {
    const page = await (await browser.newContext({ colorScheme, ...(baseURL ? { baseURL } : {}) })).newPage();
    await open(page);
    const colours = await page.evaluate(() => {
      const probe = document.createElement('span');
      document.body.append(probe);
      const rgb = (value: string): number[] => {
        probe.style.color = value;
        return (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
      };
      return {
        ground: rgb('var(--ground)'),
        text: rgb('var(--fig-ink)'),
        lines: ['--series-1', '--series-2', '--series-3'].map((name) => rgb(`var(${name})`)),
      };
    });
    // WCAG 2.2: 4.5 for text, 3 for graphics.
    expect(contrast(colours.ground, colours.text)).toBeGreaterThan(4.5);
    for (const line of colours.lines) expect(contrast(colours.ground, line)).toBeGreaterThan(3);
    await page.close();
  });
}

test('references land where they say, and citations in the bibliography', async ({ page }) => {
  await open(page);
  const targets = await page.locator('a.ref, a.cite, .glance a, .contents a').evaluateAll((links) =>
    links.map((link) => {
      const target = document.querySelector(link.getAttribute('href') ?? '');
      return { href: link.getAttribute('href'), text: link.textContent, found: target?.textContent ?? null };
    }),
  );
  expect(targets.length).toBeGreaterThan(20);
  for (const { href, text, found } of targets) {
    expect(found, href ?? '').not.toBeNull();
    if (text?.startsWith('Table') || text?.startsWith('Figure')) expect(found).toContain(`${text}.`);
    if (text?.startsWith('Equation')) expect(found).toContain(`(${text.split(' ')[1]})`);
  }
});

test('a phone scrolls its tables, not its page', async ({ browser, baseURL }) => {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  // Figures are drawn anew for the phone: none is cut off.
  const cut = await page
    .locator('[data-figure] > .scroll')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length);
  expect(cut).toBe(0);
  const wide = page.locator('[data-table="mean-correlations"] .scroll').first();
  expect(await wide.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
  await wide.evaluate((box) => box.scrollTo(200, 0));
  const [box, first] = [await wide.boundingBox(), await wide.locator('tbody th').first().boundingBox()];
  expect(Math.abs((first?.x ?? 0) - (box?.x ?? 99))).toBeLessThan(2);
  await page.close();
});

test('the page needs at most 30 kB of JavaScript', async ({ page }) => {
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') bytes += (await response.body()).length;
  });
  await page.goto('/paper-54/', { waitUntil: 'networkidle' });
  const inline = await page
    .locator('script')
    .evaluateAll((nodes) => nodes.reduce((sum, node) => sum + (node.textContent?.length ?? 0), 0));
  expect(bytes + inline).toBeLessThanOrEqual(30_000);
});

test('the home page names the paper and leads to it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: /Paper 54/ }).click();
  await expect(page).toHaveURL(/paper-54/);
});
