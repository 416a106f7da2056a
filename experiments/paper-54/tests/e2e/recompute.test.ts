import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { filesOf, type PublicFile, type Recomputation } from '../../../../src/recompute/recomputation.ts';
import { accessFaults, contrastFaults } from '../../../../tests/e2e/access-faults.ts';

const folder = 'dist/paper-54';

const recomputation = (table: string): Recomputation =>
  JSON.parse(readFileSync(`${folder}/recompute/${table}.json`, 'utf8')) as Recomputation;

/** The weights of the first seed. */
const firstWeights = ({ replicates }: Recomputation): PublicFile =>
  filesOf(replicates.slice(0, 1)).find(({ path }) => path === 'weights/v1.safetensors')!;

const open = async (page: Page, table: string) => {
  await page.goto(`/paper-54/tables/${table}/`);
  const section = page.locator('#recompute');
  return {
    section,
    outcome: section.getByRole('status'),
    start: section.getByRole('button', { name: 'Recompute here' }),
    cancel: section.getByRole('button', { name: 'Cancel' }),
  };
};

/** A laptop has a processor a worker, and nothing else to do. */
const patience = { timeout: 150_000 };
test.describe.configure({ timeout: 180_000 });

/** Each stage once: tables of one stage are computed alike. Of those that take seconds a seed, as few seeds as tell. */
const tables = {
  'spectral-twinning': 'every',
  'value-crescendo': 'every',
  'low-rank-kernel': 'every',
  'low-rank-form': 'every',
  asymmetry: 'every',
  'asymmetry-by-head': 'every',
  'mean-correlations': 'every',
  'non-uniqueness': 'every',
  'form-test': 'first',
  'form-symmetry': 'first',
  'form-test-summary': 'every',
} as const;

for (const [table, which] of Object.entries(tables)) {
  test(`a reader's browser computes ${table} as the build did`, async ({ page }) => {
    const { section, outcome, start } = await open(page, table);
    await expect(page.locator('script[src*="worker"], link[href*="worker"]')).toHaveCount(0);
    const choice = section.getByLabel('What');
    if ((await choice.count()) > 0) await choice.selectOption(which);
    await start.click();
    // Whatever comes of it, it is not waited for longer.
    await expect(outcome).not.toHaveText(/^(Recomputing\.)?$/, patience);
    await expect(outcome).toContainText('cells match within the printed digits');
    const text = (await outcome.textContent()) ?? '';
    console.log(`${table}: ${text}`);
    const [, matching, cells] = /^(\d+) of (\d+) cells/.exec(text) ?? [];
    expect(matching).toBe(cells);
    expect(Number(cells)).toBe(await page.locator('[data-recomputed="matches"]').count());
    expect(Number(cells)).toBeGreaterThan(recomputation(table).table.replicates[0]!.rows.length);
    await expect(page.locator('[data-recomputed="differs"]')).toHaveCount(0);
    await expect(section.locator('details')).toBeHidden();
    if (which === 'every' || recomputation(table).table.replicates.length === 1) {
      expect(text).not.toContain('Not computed anew');
      // Every computed cell that is printed has its mark.
      expect(Number(cells)).toBe(await page.locator('[data-figures]').count());
    } else expect(text).toContain('Not computed anew');
  });
}

test('the paper leads to it, and one seed alone can be asked for', async ({ page }) => {
  await page.goto('/paper-54/');
  const under = page.locator('[data-table="training-ladder"]');
  await expect(under.getByRole('link', { name: 'Recompute here' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Divergence between spectra', exact: true }).click();
  const { replicates } = recomputation('spectral-twinning');
  test.skip(replicates.length === 1, 'there is a choice with several seeds: build the paper profile');
  await expect(page.getByLabel('What')).toHaveValue('first');
  await page.getByRole('button', { name: 'Recompute here' }).click();
  await expect(page.getByRole('status')).toContainText('Not computed anew: ', patience);
  await expect(page.locator('[data-recomputed="differs"]')).toHaveCount(0);
  const seed = replicates[1]!.seed;
  // Its columns are off until there is something to see in them.
  await expect(page.locator('[data-recomputed="matches"]').first()).toBeVisible();
  await expect(page.locator(`[data-figures$=".seed-${seed}"][data-recomputed]`)).toHaveCount(0);
});

test('a weights file with one other bit is reported, and nothing is computed', async ({ page }) => {
  const { path, sha256 } = firstWeights(recomputation('form-test'));
  await page.route(`**/${path}`, async (route) => {
    const bytes = readFileSync(`${folder}/${path}`);
    bytes[bytes.length - 1]! ^= 1;
    await route.fulfill({ body: bytes, contentType: 'application/octet-stream' });
  });
  const { outcome, start } = await open(page, 'form-test');
  await start.click();
  await expect(outcome).toContainText(
    `Nothing was computed: ${path} is not the file that the build used. Its SHA-256 should be ${sha256} and is `,
    patience,
  );
  await expect(page.locator('[data-recomputed]')).toHaveCount(0);
  await expect(start).toBeVisible();
});

for (const [table, column] of [
  ['value-crescendo', 'v-'],
  ['form-test', 'copied-k'],
] as const)
  test(`figures of ${table} that the weights do not give are found out, cell by cell`, async ({ page }) => {
    const whole = recomputation(table);
    const input = firstWeights(whole);
    const bytes = readFileSync(`${folder}/${input.path}`);
    const headerBytes = Number(bytes.readBigUInt64LE());
    const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString('utf8'));
    const [start, end] = header['blocks.2.attn.c_attn.weight'].data_offsets as [number, number];
    // The last third is V: a tenth of it becomes 1.06, in half precision.
    const from = 8 + headerBytes + end - Math.floor((end - start) / 30);
    bytes.fill(0x3c, from, 8 + headerBytes + end);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await page.route(`**/${input.path}`, (route) => route.fulfill({ body: bytes }));
    const text = JSON.stringify(whole).replaceAll(input.sha256, sha256);
    await page.route(`**/recompute/${table}.json`, (route) => route.fulfill({ body: text }));
    const { section, outcome, start: button } = await open(page, table);
    await button.click();
    await expect(outcome).toContainText('cells match within the printed digits', patience);
    const [, matching, cells] = /^(\d+) of (\d+) cells/.exec((await outcome.textContent()) ?? '') ?? [];
    expect(Number(matching)).toBeLessThan(Number(cells));
    const differing = page.locator('#layer-2 [data-recomputed="differs"]');
    expect(await differing.count()).toBeGreaterThan(0);
    await expect(differing.first().locator('.again')).toContainText('here ');
    await expect(page.locator('#layer-3 [data-recomputed="differs"]')).toHaveCount(0);
    await section.getByText('Cells that differ').click();
    await expect(section.locator('li').first()).toContainText(`${table}.layer-2.${column}`);
  });

test('the rest of a double click and a key that is held cancel nothing', async ({ page }) => {
  const { outcome, start, cancel } = await open(page, 'asymmetry');
  await start.dblclick({ position: { x: 12, y: 12 } });
  await expect(cancel).toBeVisible();
  await expect(outcome).toHaveText('Recomputing.');
  await page.waitForTimeout(600);
  await cancel.click();
  await expect(outcome).toHaveText('Cancelled: nothing was compared.');
  await start.focus();
  await page.keyboard.down('Enter');
  await expect(cancel).toBeFocused();
  await page.waitForTimeout(600);
  for (let repeats = 0; repeats < 3; repeats += 1) await page.keyboard.down('Enter');
  await expect(outcome).toHaveText('Recomputing.');
  await page.keyboard.up('Enter');
});

test('a page of another build than its files says so, and marks nothing', async ({ page }) => {
  const whole = recomputation('value-crescendo');
  (whole.table.replicates[0]!.rows[2]!['v-norm'] as { value: number }).value += 0.5;
  await page.route('**/recompute/value-crescendo.json', (route) => route.fulfill({ json: whole }));
  const { outcome, start } = await open(page, 'value-crescendo');
  await start.click();
  await expect(outcome).toContainText('this page is of another build than the files beside it', patience);
  await expect(page.locator('[data-recomputed]')).toHaveCount(0);
  // Files of another table have nothing of it.
  await page.route('**/recompute/value-crescendo.json', (route) =>
    route.fulfill({ json: recomputation('spectral-twinning') }),
  );
  await start.click();
  await expect(outcome).toContainText('this page is of another build than the files beside it', patience);
});

test('offline and without a file, a plain sentence says so', async ({ page, context }) => {
  const { outcome, start } = await open(page, 'value-crescendo');
  await context.setOffline(true);
  await start.click();
  await expect(outcome).toHaveText(
    'Nothing was computed: recompute/value-crescendo.json cannot be reached. Are you offline?',
  );
  await context.setOffline(false);
  await page.route('**/recompute/worker-*.js', (route) => route.abort());
  await start.click();
  await expect(outcome).toHaveText(
    `Nothing was computed: ${recomputation('value-crescendo').worker} cannot be reached. Are you offline?`,
  );
  await page.unroute('**/recompute/worker-*.js');
  await page.route('**/*.safetensors', (route) => route.fulfill({ status: 404 }));
  await start.click();
  await expect(outcome).toContainText('(status 404)', patience);
});

test('by keyboard it is started and cancelled, and its page has no accessibility violation', async ({
  page,
}) => {
  const { section, outcome, start, cancel } = await open(page, 'asymmetry');
  await start.focus();
  await page.keyboard.press('Enter');
  await expect(cancel).toBeFocused();
  await expect(section.locator('.measure')).toContainText(/downloading|computing/, patience);
  // At once it would be the rest of the press that started it.
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await expect(outcome).toHaveText('Cancelled: nothing was compared.');
  await expect(start).toBeFocused();
  await expect(page.locator('[data-recomputed]')).toHaveCount(0);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await accessFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await contrastFaults(page)).toEqual([]);
});

test('under a strict content security policy it works, and its worker is small', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) violations.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: {
        ...response.headers(),
        'content-security-policy':
          // Formulas carry their measures as inline styles.
          "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'",
      },
    });
  });
  const { outcome, start } = await open(page, 'value-crescendo');
  await start.click();
  await expect(outcome).toContainText('cells match within the printed digits', patience);
  expect(violations).toEqual([]);
  expect(gzipSync(readFileSync(`${folder}/${recomputation('value-crescendo').worker}`)).length).toBeLessThan(
    200_000,
  );
});

test('without a script the page says so, and has no button', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto('/paper-54/tables/asymmetry/');
  await expect(page.getByText('This needs JavaScript.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Recompute here' })).toHaveCount(0);
  await context.close();
});
