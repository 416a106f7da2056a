/** Finding: the dialog that every page opens, and the index that a build writes. */
import { expect, type Page, test } from '@playwright/test';
import { builtPapers, resultsOf } from './built-paper.ts';

const paper = builtPapers.find((id) => Object.keys(resultsOf(id).claims).length > 0) ?? '';
test.skip(paper === '', 'no built paper has a claim');

const search = async (page: Page, text: string) => {
  // A page is idle before its scripts have run where laying it out takes long; then the link is a button.
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog).toBeVisible();
  await page.keyboard.type(text);
  return dialog;
};

test('a slash opens the search, which finds a section and leads to it by keyboard alone', async ({
  page,
}) => {
  await page.goto(`/${paper}/`);
  const heading = page.locator('article.paper > h2[data-number]').first();
  const [title = '', number, id] = [
    await heading.innerText(),
    await heading.getAttribute('data-number'),
    await heading.getAttribute('id'),
  ];
  const dialog = await search(page, title);
  const found = dialog.locator('li a', { hasText: `${number} ${title}` }).first();
  await expect(found).toBeVisible();
  await expect(found.locator('.kind')).toHaveText('section');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.locator('li a').first()).toBeFocused();
  await found.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/${paper}/#${id}$`));
  await expect(dialog).toBeHidden();
});

test('claims and tables are found, by their words and by their ids', async ({ page }) => {
  const { claims, tables } = resultsOf(paper);
  await page.goto('/');
  const [table = ''] = Object.keys(tables);
  const dialog = await search(page, table);
  await expect(dialog.locator(`a[href$="/${paper}/tables/${table}/"]`)).toBeVisible();
  // At once: the field that was closed holds the focus until the next frame.
  const wasClosed = await page.evaluate(() => {
    const press = (key: string): void => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    };
    press('Escape');
    const isClosed = document.querySelector('dialog[open]') === null;
    press('/');
    return isClosed;
  });
  expect(wasClosed).toBe(true);
  await expect(dialog).toBeVisible();
  const [claim, { sentence }] = Object.entries(claims).find(([, one]) => one.sentence !== null)!;
  await page.keyboard.type((sentence ?? '').replace(/\$[^$]*\$|[^\p{L} ]/gu, ' '));
  await expect(dialog.locator(`a[href$="/${paper}/claims/#${claim}"]`)).toBeVisible();
});

test('all that is found can be shown, and explanations come before tables', async ({ page }) => {
  await page.goto(`/${paper}/`);
  const dialog = await search(page, 'the');
  const said = dialog.getByRole('status');
  await expect(said).toContainText(/^(The first 12 of \d+|\d+ found)\.$/);
  test.skip(!/of/.test((await said.textContent()) ?? ''), 'the papers that were built have too little text');
  const count = Number(/of (\d+)/.exec((await said.textContent()) ?? '')?.[1]);
  await expect(dialog.locator('li').first().locator('.kind')).not.toHaveText('table');
  await dialog.getByRole('button', { name: /^\d+ more$/ }).click();
  await expect(dialog.locator('li').nth(12).locator('a')).toBeFocused();
  const more = dialog.getByRole('button', { name: /^\d+ more$/ });
  for (let shown = 24; shown < count; shown += 12) {
    await expect(dialog.locator('li')).toHaveCount(shown);
    await more.click();
  }
  await expect(dialog.locator('li')).toHaveCount(count);
  await expect(more).toBeHidden();
  await expect(said).toHaveText(`${count} found.`);
});

test('nothing that searches is loaded before it is asked for, and all of it from this site', async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(`/${paper}/`, { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /pagefind|search-dialog/.test(url))).toEqual([]);
  const dialog = await search(page, 'zzqxw');
  await expect(dialog.getByRole('status')).toHaveText('Nothing is found for “zzqxw”.');
  expect(asked.filter((url) => !url.startsWith(baseURL ?? '') && !/^(data|blob):/.test(url))).toEqual([]);
  expect(faults).toEqual([]);
});

test('a slash that is typed into a field stays there', async ({ page }) => {
  await page.goto(`/${paper}/`);
  const dialog = await search(page, 'and/or');
  await expect(dialog.getByRole('searchbox')).toHaveValue('and/or');
});

test('the slash may be switched off, and stays so on other pages', async ({ page }) => {
  await page.goto(`/${paper}/`);
  const dialog = await search(page, '');
  await dialog.getByLabel('The key / opens this').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(dialog).toBeHidden();
  await page.goto('/');
  await expect(page.locator('[data-search]')).toHaveAttribute('aria-keyshortcuts', 'Control+K');
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: 'Search' })).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
});

test('a question finds what has some of its words, and says that nothing has all', async ({ page }) => {
  await page.goto(`/${paper}/`);
  const heading = page.locator('article.paper > h2[data-number]').first();
  const title = await heading.innerText();
  // No section has the id of every table.
  const tables = Object.keys(resultsOf(paper).tables).slice(0, 3).join(' ');
  const dialog = await search(page, `why ${title}, ${tables}?`);
  await expect(dialog.getByRole('status')).toContainText(
    /^Nothing has all of these words; these have some\. (The first 12 of \d+|\d+ found)\.$/,
  );
  await expect(dialog.locator('li a', { hasText: title }).first()).toBeVisible();
});

test('the slash searches after a box was ticked, and offline the page says that nothing can', async ({
  page,
  context,
}) => {
  await page.goto(`/${paper}/claims/`);
  await page.locator('[data-switch]').first().focus();
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.reload();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('alert')).toHaveText('The search cannot be loaded. Are you offline?');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('alert')).toHaveCount(1);
  expect(faults).toEqual([]);
});

test('without a script the link leads to the contents, which opens', async ({ browser, baseURL }) => {
  const page = await browser.newPage({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  await page.goto(`/${paper}/`);
  await expect(page.locator('#contents')).toBeHidden();
  await page.locator('.masthead').getByRole('link', { name: 'Contents' }).click();
  await expect(page.locator('#contents')).toBeVisible();
  await page.close();
});
