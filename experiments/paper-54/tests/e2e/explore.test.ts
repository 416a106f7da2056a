/** Explorations of the published files in a reader's own browser. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { accessFaults, contrastFaults } from '../../../../tests/e2e/access-faults.ts';
import { resultsOf } from '../../../../tests/e2e/built-paper.ts';
import { liveModel } from '../../explore/live-model.ts';

const folder = 'dist/paper-54';
/** The page that places them. */
const address = '/paper-54/explore/';

test.skip(!existsSync(folder), 'dist holds other papers alone: `npm run build` lifts this');

/** A laptop has nothing else to do. */
const patience = { timeout: 90_000 };

const open = async (page: Page, id: string) => {
  await page.goto(address);
  const section = page.locator(`#explore-${id}`);
  return {
    section,
    outcome: section.locator('.outcome'),
    start: section.getByRole('button', { name: `Load the ${id.replaceAll('-', ' ')}` }),
    cancel: section.getByRole('button', { name: 'Cancel' }),
  };
};

const load = async (page: Page, id: string) => {
  const parts = await open(page, id);
  await parts.start.click();
  await expect(parts.outcome).toContainText('each file with the SHA-256 that the build recorded', patience);
  return parts;
};

const rawNumbers = (page: Page, selector: string): Promise<readonly number[]> =>
  page
    .locator(selector)
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset['raw'])));

const sentence = 'The mayor of the city said on Monday that the new bill would be';

test('a sentence has the next-token distribution that node computes, and it sums to one', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const early: string[] = [];
  page.on('request', (request) => early.push(request.url()));
  await page.goto(address, { waitUntil: 'networkidle' });
  expect(early.filter((url) => /safetensors|tokenizer\.json|\/explorations\/|open-panel/.test(url))).toEqual(
    [],
  );
  const { section } = await load(page, 'live-model');
  expect(early.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
  const before = await section.locator('.bars').textContent();
  const startMs = Date.now();
  await section.getByLabel('Text', { exact: true }).fill(sentence);
  await expect(section.locator('.bars')).not.toHaveText(before ?? '', patience);
  console.log(`a sentence of ${sentence.split(' ').length} words: ${Date.now() - startMs} ms`);
  const session = await liveModel.open({
    tokenizer: `${folder}/tokenizer.json`,
    weights: `${folder}/weights/v1.safetensors`,
  });
  const [expected] = await session.show({ text: sentence, layer: '0', head: '0' });
  if (expected?.kind !== 'bars') throw new Error('the first answer is the distribution');
  const shares = await rawNumbers(page, '#explore-live-model .bars [data-raw]');
  // The same code in two engines, whose exponentials may differ in the last digit.
  for (const [at, { value }] of expected.bars.entries()) expect(shares[at]).toBeCloseTo(value, 6);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  await expect(section.locator('.bars th').first()).toHaveText(expected.bars[0]!.label);
});

test('attention is read by keyboard and as a table whose rows sum to one', async ({ page }) => {
  test.setTimeout(120_000);
  const { section } = await load(page, 'live-model');
  await section.getByLabel('Layer', { exact: true }).selectOption('3');
  await section.getByLabel('Head', { exact: true }).selectOption('5');
  await expect(section.getByText('Attention of layer 3, head 5')).toBeVisible(patience);
  const map = section.getByRole('application');
  await map.focus();
  const readout = section.locator('.readout');
  await expect(readout).toHaveText('from 0 start, to 0 start: 100 %');
  await page.keyboard.press('ArrowRight');
  await expect(readout).toContainText('none');
  await page.keyboard.press('ArrowDown');
  await expect(readout).toContainText(/^from 1 The, to 1 The: [\d.]+ %$/);
  await section.locator('.map').getByText('As a table').click();
  const rows = await section
    .locator('.map table tbody tr')
    .evaluateAll((trs) =>
      trs.map((tr) =>
        [...tr.querySelectorAll('td')].reduce(
          (sum, { textContent }) => sum + (Number.parseFloat(textContent) || 0),
          0,
        ),
      ),
    );
  expect(rows.length).toBeGreaterThan(3);
  // Three printed digits of each of some ten entries.
  for (const sum of rows) expect(Math.abs(sum - 100)).toBeLessThan(0.5);
});

test('the matrices give the figures that the tables print, of every seed, and lead there', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { replicates = [], rows } = resultsOf('paper-54').tables['low-rank-form']!;
  const { section, start, outcome } = await load(page, 'matrices');
  const figures = section.locator('.figures');
  const figureOf = async (label: string): Promise<number> =>
    Number(
      await figures.getByRole('row', { name: label }).locator('[data-raw]').first().getAttribute('data-raw'),
    );
  await section.getByLabel('Layer', { exact: true }).selectOption('1');
  await expect(figures.getByRole('link').first()).toHaveAttribute('href', /#layer-1$/, patience);
  const expected = (replicates[0]?.rows ?? rows)[1]!['effective-rank'] as number;
  // LAPACK there, JavaScript here.
  expect((await figureOf('effective rank')) / expected).toBeCloseTo(1, 9);
  if (replicates.length > 1) {
    await section.getByLabel('Which matrices').selectOption({ index: 1 });
    await start.click();
    await expect(outcome).toContainText('seed 2', patience);
    await expect(figures).toBeVisible(patience);
    // The layer is still the one that was set.
    const of2 = replicates[1]!.rows[1]!['effective-rank'] as number;
    expect((await figureOf('effective rank')) / of2).toBeCloseTo(1, 9);
  }
  await figures.getByRole('link').first().click();
  await expect(page).toHaveURL(/tables\/low-rank-form\/#layer-/);
});

test('a weights file with one other bit ends in a plain sentence, and nothing is shown', async ({ page }) => {
  await page.route('**/weights/v1.safetensors', async (route) => {
    const bytes = readFileSync(`${folder}/weights/v1.safetensors`);
    bytes[bytes.length - 1]! ^= 1;
    await route.fulfill({ body: bytes, contentType: 'application/octet-stream' });
  });
  const { outcome, start, section } = await open(page, 'live-model');
  await start.click();
  await expect(outcome).toContainText(
    'Nothing was computed: weights/v1.safetensors is not the file that the build used. Its SHA-256 should be ',
    patience,
  );
  await expect(section.locator('.panel')).toBeHidden();
  await expect(start).toBeVisible();
});

test('offline a plain sentence says so; what was loaded goes on', async ({ page, context }) => {
  test.setTimeout(120_000);
  const { section, start, outcome } = await open(page, 'live-model');
  await context.setOffline(true);
  await start.click();
  await expect(outcome).toContainText('cannot be reached. Are you offline?');
  await context.setOffline(false);
  await page.reload();
  await load(page, 'live-model');
  await context.setOffline(true);
  await section.getByLabel('Text', { exact: true }).fill('He');
  await expect(section.locator('.map-frame .rows')).toHaveText('startHe', patience);
});

test('a text that is too long is told so as the reader’s matter, and no answer to another stands below it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { section, outcome } = await load(page, 'live-model');
  await section.getByLabel('Text', { exact: true }).fill('a b c d e f g h i j '.repeat(30));
  await expect(outcome).toHaveText(
    /^The text is longer than the model’s context\. Expected \d+ tokens at most; received \d+\. Shorten it\.$/,
    patience,
  );
  await expect(section.locator('.bars')).toHaveCount(0);
  await section.getByLabel('Text', { exact: true }).fill('');
  await expect(section.locator('.bars')).toBeVisible(patience);
});

test('what takes long is told of while it is computed, and another model keeps what the reader set', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { section, start, outcome } = await load(page, 'live-model');
  const text = section.getByLabel('Text', { exact: true });
  const views = section.locator('.views');
  await text.fill('The mayor of the city said on Monday that. '.repeat(20));
  await expect(views).toHaveAttribute('aria-busy', 'true');
  await expect(outcome).toHaveText('Computing …');
  await expect(outcome).toContainText('Loaded: ', patience);
  await expect(views).not.toHaveAttribute('aria-busy');
  const which = section.getByLabel('Which live model');
  test.skip((await which.count()) === 0, 'a second published model lifts this');
  await text.fill(sentence);
  await section.getByLabel('Layer', { exact: true }).selectOption('2');
  await which.selectOption({ index: 1 });
  await start.click();
  await expect(section.getByText('Attention of layer 2, head 0')).toBeVisible(patience);
  await expect(text).toHaveValue(sentence);
});

test('it is cancelled by keyboard, fits a phone, and has no accessibility violation in light or dark', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { start, cancel, outcome } = await open(page, 'live-model');
  await page.route('**/*.safetensors', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue();
  });
  await start.focus();
  await page.keyboard.press('Enter');
  await expect(cancel).toBeFocused(patience);
  // At once it would be the rest of the press that started it.
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await expect(outcome).toHaveText('Cancelled: nothing was loaded.');
  await expect(start).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await load(page, 'live-model');
  const matrices = page.locator('#explore-matrices');
  await matrices.getByRole('button', { name: 'Load the matrices' }).click();
  await expect(matrices.locator('.figures')).toBeVisible(patience);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await accessFaults(page, '.explore')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await contrastFaults(page, '.explore')).toEqual([]);
  const small = await page
    .locator('.explore :is(button, select, summary, a, textarea)')
    .evaluateAll((nodes) =>
      nodes
        .filter((node) => (node as HTMLElement).offsetParent !== null)
        .filter((node) => node.getBoundingClientRect().height < 23.9)
        .map((node) => node.outerHTML.slice(0, 90)),
    );
  expect(small).toEqual([]);
});
