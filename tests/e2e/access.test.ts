/** Reaching things: by the tab key, by a finger, and with the contrast that a reader asked for. */
import { expect, test } from '@playwright/test';
import { accessFaults, contrastFaults, enhancedContrastFaults } from './access-faults.ts';
import { backingOf, builtPapers, kindsOf, resultsOf, siteAddresses } from './built-paper.ts';
import { figureFaults } from './figure-faults.ts';
import { tableFaults } from './table-faults.ts';

for (const paper of builtPapers) {
  test(`a table of ${paper} has a name, heads and one stop, whoever wrote it, and a box is one only while it scrolls`, async ({
    page,
  }) => {
    for (const address of kindsOf(paper)) {
      await page.goto(address);
      // Boxes are measured as they are laid out: frames after the script came.
      await expect.poll(() => page.locator('main').evaluate(tableFaults), address).toEqual([]);
    }
    await page.goto(`/${paper}/`);
    const idle = () =>
      page
        .locator('.scroll[tabindex="0"], .equation[tabindex="0"]')
        .evaluateAll(
          (boxes) =>
            boxes.filter((box) => box.checkVisibility() && box.scrollWidth <= box.clientWidth + 1).length,
        );
    await expect.poll(idle).toBe(0);
  });

  test(`what is pressed in ${paper} is 24 pixels large on a phone, unless it stands in a sentence`, async ({
    browser,
    baseURL,
  }) => {
    const page = await browser.newPage({
      viewport: { width: 390, height: 844 },
      ...(baseURL ? { baseURL } : {}),
    });
    for (const path of [`/${paper}/`, `/${paper}/claims/`, '/']) {
      await page.goto(path);
      const small = await page
        .locator(
          '.verdict, .downloads a, .files a, .made-of a, .deep-link, button, summary, footer p a, .masthead a, .small a, .contents-button',
        )
        .evaluateAll((nodes) =>
          nodes
            .filter((node) => (node as HTMLElement).offsetParent !== null)
            .map((node) => ({ box: node.getBoundingClientRect(), text: node.outerHTML.slice(0, 90) }))
            .filter(({ box }) => box.width < 23.9 || box.height < 23.9)
            .map(({ box, text }) => `${box.width}x${box.height} ${text}`),
        );
      expect(small).toEqual([]);
    }
    await page.close();
  });
}

const paper = builtPapers.find((id) => Object.keys(resultsOf(id).claims).length > 0) ?? builtPapers[0] ?? '';

test('with more contrast asked for, text has the contrast of the highest grade', async ({ page }) => {
  await page.emulateMedia({ contrast: 'more' });
  for (const path of ['/', `/${paper}/claims/`]) {
    await page.goto(path);
    expect(await enhancedContrastFaults(page)).toEqual([]);
  }
});

/** Tables of some papers hold thousands of cells, each of which is looked at. */
const manyCells = 120_000;

for (const address of [
  ...siteAddresses,
  ...builtPapers.flatMap(kindsOf),
  ...builtPapers.flatMap(backingOf),
]) {
  test(`${address} has no accessibility violation, and no contrast is left undecided, in light and dark, in figures too`, async ({
    page,
  }) => {
    test.setTimeout(manyCells);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(address);
    expect(await accessFaults(page)).toEqual([]);
    // The same page in other colours: all but these was judged.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await contrastFaults(page)).toEqual([]);
    expect(await figureFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await figureFaults(page)).toEqual([]);
  });
}

test('what a link led to is in view with a rule at its left', async ({ page }) => {
  await page.goto(`/${paper}/`);
  const heading = page.locator('article.paper > h2[id]').nth(1);
  await page.goto(`/${paper}/#${await heading.getAttribute('id')}`);
  await expect(heading).toBeInViewport();
  expect(await heading.evaluate((node) => getComputedStyle(node).boxShadow)).not.toBe('none');
});
