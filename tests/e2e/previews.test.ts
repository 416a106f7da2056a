/** What a link leads to is shown beside it. */
import { expect, test } from '@playwright/test';
import { builtPapers, pageWith, resultsOf } from './built-paper.ts';

const paper =
  builtPapers.find((id) => Object.values(resultsOf(id).claims).some(({ sentence }) => sentence !== null)) ??
  '';

test('a citation shows its entry on hover and on focus, and Escape closes it', async ({ page }) => {
  const citing = pageWith(/class="cite"/);
  test.skip(citing === undefined, 'no page of a built paper cites a work');
  await page.goto(citing ?? '');
  const cite = page.locator('a.cite').first();
  const entry = await page.locator((await cite.getAttribute('href')) ?? '').innerText();
  const card = page.locator('.preview');
  await cite.hover();
  await expect(card).toBeVisible();
  expect((await card.innerText()).replace(/\s+/g, ' ')).toBe(entry.replace(/\s+/g, ' '));
  // It can be read with the pointer on it.
  await card.hover();
  await page.waitForTimeout(500);
  await expect(card).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.mouse.move(0, 0);
  // By the tab key, as a focus that a key gave.
  await page.keyboard.press('Tab');
  await cite.focus();
  await expect(card).toBeVisible();
  await expect(cite).toHaveAttribute('aria-describedby', 'preview');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(cite).not.toHaveAttribute('aria-describedby');
});

test('a reference to a table or figure shows it, and repeats no anchor', async ({ page }) => {
  const referring = pageWith(/class="ref" href="#(tab|fig)-/);
  test.skip(referring === undefined, 'no page of a built paper refers to a table or figure of its own');
  await page.goto(referring ?? '');
  const ref = page.locator('a.ref[href^="#tab-"], a.ref[href^="#fig-"]').first();
  const text = (await ref.innerText()).trim();
  await ref.hover();
  const card = page.locator('.preview');
  await expect(card).toContainText(`${text}.`);
  await expect(card.locator('table, svg').first()).toBeVisible();
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]:not(svg *)')].map(({ id }) => id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  expect(twice).toEqual([]);
});

test('of a figure of another page a phone shows the one drawing that is for its width', async ({ page }) => {
  const from = pageWith(/<a class="ref" href="[^"#]+#fig-/);
  test.skip(from === undefined, 'no paper that was built refers to a figure of another page');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(from ?? '');
  await page.locator('a.ref[href*="#fig-"]:not([href^="#"])').first().hover();
  const card = page.locator('.preview');
  await expect(card).toBeVisible();
  await expect(card.locator('svg:visible')).toHaveCount(1);
  expect(await card.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('a word that the original says another is pressed as the mark beside it is, and tells what it says', async ({
  page,
}) => {
  const worded = pageWith(/<a [^>]*class="verdict"/);
  test.skip(worded === undefined, 'no original of a built paper says otherwise');
  await page.goto(worded ?? '');
  const word = page.locator('a.verdict').first();
  await page.keyboard.press('Tab');
  await word.focus();
  const card = page.locator('.preview');
  await expect(card).toContainText((await word.innerText()).trim());
  await expect(card).toContainText('margin');
  expect(await word.getAttribute('href')).toBe(
    await word.locator('xpath=../a[contains(@class, "claim-mark")]').getAttribute('href'),
  );
});

test('a term shows its definition, from whichever page, and leads there', async ({ page }) => {
  const withTerms = pageWith(/class="term"/);
  test.skip(withTerms === undefined, 'no page of a built paper has a defined term');
  await page.goto(withTerms ?? '');
  const term = page.locator('a.term').first();
  const href = new URL((await term.getAttribute('href')) ?? '', page.url());
  await term.hover();
  const card = page.locator('.preview');
  await expect(card).toBeVisible();
  const shown = await card.innerText();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.goto(href.href);
  expect((await page.locator(href.hash).innerText()).trim()).toBe(shown.trim());
});

test('a tap on the mark of a claim tells what decides it, and the next one leads there', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await page.goto(`/${paper}/`);
  const claim = page.locator('.claim').first();
  const [id, verdict] = [await claim.getAttribute('data-claim'), await claim.getAttribute('data-verdict')];
  const mark = claim.locator('.claim-mark');
  await mark.tap();
  const card = page.locator('.preview');
  await expect(card).toContainText(`: ${verdict}`);
  await expect(card).toContainText('margin');
  const box = await card.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  await mark.tap();
  await expect(page).toHaveURL(new RegExp(`/${paper}/claims/#${id}$`));
  await context.close();
});
