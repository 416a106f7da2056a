/**
 * How pages are laid out, against pictures of their tops in `baselines/`. Those hold boxes alone, of two lines each
 * (layout-only.css): with text, each word that is edited, each digit that moves and each machine's smoothing of letters
 * would be a difference. After a change that is meant:
 * `npx playwright test layout --update-snapshots`, and look at the pictures that changed.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { builtPapers, kindsOf, resultsOf, siteAddresses } from './built-paper.ts';

const stylePath = fileURLToPath(new URL('layout-only.css', import.meta.url));
const update = 'if the layout was changed on purpose: `npx playwright test layout --update-snapshots`';

/** Two to three screens of each. */
const viewports = { phone: { width: 390, height: 2400 }, desktop: { width: 1280, height: 1600 } };

/** Of a page, and where it is a paper's of the profile: another one has other tables. */
const nameOf = (address: string, profile: string): string =>
  [...address.split('/').filter((part) => part !== ''), profile].join('.');

const pages = [
  ...siteAddresses.map((address) => ({ address, profile: 'site' })),
  ...builtPapers.flatMap((paper) =>
    kindsOf(paper)
      // What changed in the last acceptance is other after each.
      .filter((address) => !address.endsWith('/changes/'))
      .map((address) => ({ address, profile: resultsOf(paper).profile })),
  ),
];

for (const [device, viewport] of Object.entries(viewports)) {
  for (const { address, profile } of pages) {
    test(`${address} is laid out on a ${device} as it was`, async ({ browser, baseURL }, info) => {
      const name = `${nameOf(address, profile)}.${device}.png`;
      test.skip(
        !existsSync(info.snapshotPath(name, { kind: 'screenshot' })) &&
          info.config.updateSnapshots === 'missing',
        `a first baseline lifts this: npx playwright test layout --update-snapshots`,
      );
      // The pages' own policy lets no style in from outside.
      const page = await browser.newPage({ viewport, bypassCSP: true, ...(baseURL ? { baseURL } : {}) });
      await page.goto(address, { waitUntil: 'networkidle' });
      await page.evaluate(() => document.fonts.ready);
      await expect(page, update).toHaveScreenshot(name, {
        stylePath,
        // Boxes are a seventh of a colour on the ground: the default would not see them.
        threshold: 0.05,
        // Columns of tables are as wide as their words; a block that is gone or moved is several times as much.
        maxDiffPixelRatio: 0.02,
      });
      await page.close();
    });
  }
}
