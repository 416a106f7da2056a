/** Copying a table, an equation and the paper's entry, and links to every place. */
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, markupOf, resultsOf } from './built-paper.ts';

const paper = builtPapers.find((id) => Object.keys(resultsOf(id).tables).length > 2) ?? builtPapers[0] ?? '';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a table is copied as CSV at full precision, as LaTeX and as Markdown', async ({ page, request }) => {
  const figure = page.locator('figure[data-table]').first();
  for (const address of addressesOf(paper)) {
    await page.goto(address);
    if ((await figure.count()) > 0) break;
  }
  const id = await figure.getAttribute('data-table');
  const rows = await figure.locator(':scope > .scroll > table > tbody > tr').count();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await figure.getByText('Copy as').first().click();
  await figure.getByRole('button', { name: 'as CSV' }).click();
  await expect(figure.getByRole('button', { name: 'as CSV: copied' })).toBeVisible();
  const csv = await (await request.get(`/${paper}/tables/${id}.csv`)).text();
  expect((await clipboard()).replaceAll('\r', '')).toBe(csv.replaceAll('\r', ''));

  await figure.getByRole('button', { name: 'as LaTeX' }).click();
  await expect(figure.getByRole('button', { name: 'as LaTeX: copied' })).toBeVisible();
  const latex = await clipboard();
  const [, body = ''] = latex.split('\\midrule');
  expect(body.split('\\bottomrule')[0]?.trim().split('\n')).toHaveLength(rows);
  const columns = /\\begin\{tabular\}\{([lr]+)\}/.exec(latex)?.[1]?.length ?? 0;
  for (const line of body.split('\\bottomrule')[0]?.trim().split('\n') ?? [])
    expect(line.replaceAll('\\&', '').split('&')).toHaveLength(columns);
  // What LaTeX would read as its own is written out.
  expect(latex.split('\n').slice(1).join('\n')).not.toMatch(/(?<!\\)[%#]|−|×/);

  await figure.getByRole('button', { name: 'as Markdown' }).click();
  await expect(figure.getByRole('button', { name: 'as Markdown: copied' })).toBeVisible();
  const lines = (await clipboard()).trim().split('\n').slice(2);
  expect(lines).toHaveLength(rows + 2);
});

test('an equation is copied as its TeX', async ({ page }) => {
  const withEquation: string[] = [];
  for (const id of builtPapers) {
    await page.goto(`/${id}/`);
    if ((await page.locator('.equation').count()) > 0) withEquation.push(id);
  }
  test.skip(withEquation.length === 0, 'no paper that was built numbers an equation');
  await page.goto(`/${withEquation[0]}/`);
  const equation = page.locator('.equation').first();
  await equation.getByRole('button', { name: 'as TeX' }).click();
  await expect(equation.getByRole('button', { name: 'as TeX: copied' })).toBeVisible();
  const tex = await equation.locator('annotation').first().textContent();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(tex);
});

test('a paper gives its BibTeX entry, and every heading, table and figure a link to itself', async ({
  page,
}) => {
  for (const id of builtPapers) {
    await page.goto(`/${id}/`);
    const links = await page
      .locator('.deep-link, figure .downloads a[href^="#"]')
      .evaluateAll((nodes) =>
        nodes.map((node) => [node.getAttribute('href'), node.closest('[id]')?.getAttribute('id')]),
      );
    expect(links.length).toBeGreaterThan(0);
    for (const [href, own] of links) expect(href).toBe(`#${own}`);
    const cite = page.locator('#cite');
    if ((await cite.count()) === 0) continue;
    await cite.locator('summary').click();
    await cite.getByRole('button', { name: 'as BibTeX' }).click();
    const entry = await page.evaluate(() => navigator.clipboard.readText());
    expect(entry).toMatch(/^@\w+\{/);
    expect(entry).toContain(`title = {`);
  }
});

test('a table’s own page offers copies below its aggregates, and says why it did not copy', async ({
  page,
  context,
}) => {
  const pages = builtPapers.flatMap((id) =>
    Object.keys(resultsOf(id).tables).map((table) => `/${id}/tables/${table}/`),
  );
  const withAggregates = pages.find((address) => markupOf(address).includes('class="aggregates"'));
  test.skip(withAggregates === undefined, 'a built paper whose sentences print an aggregate lifts this');
  await page.goto(withAggregates ?? '');
  await page.getByText('Copy as').click();
  await page.getByRole('button', { name: 'as LaTeX' }).click();
  await expect(page.getByRole('button', { name: 'as LaTeX: copied' })).toBeVisible();

  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await context.clearPermissions();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: 'as Markdown' }).click();
  await expect(page.locator('.copy-as .not-copied')).toHaveText(/^Not copied: .+\.$/);
  await page.locator('[data-table] td [data-value]').first().click();
  const panel = page.locator('.value-panel');
  await panel.getByRole('button', { name: 'Copy the number' }).click();
  await expect(panel.getByRole('status')).toHaveText(/^Not copied: .+\.$/);
  await expect(panel.getByRole('status')).toBeVisible();
  expect(faults).toEqual([]);
});
