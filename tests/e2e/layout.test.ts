/**
 * How pages are laid out, against pictures of their tops in the folders `baselines`. Those hold boxes alone, of two lines each
 * (layout-only.css): with text, each word that is edited, each digit that moves and each machine's smoothing of letters
 * would be a difference. After a change that is meant:
 * `npx playwright test layout --update-snapshots`, and look at the pictures that changed.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { builtPapers, kindsOf, resultsOf, siteAddresses } from './built-paper.ts';

const stylePath = fileURLToPath(new URL('layout-only.css', import.meta.url));
const update = 'if the layout was changed on purpose: `npx playwright test layout --update-snapshots`';

/** Two to three screens of each. */
const viewports = [
  { device: 'phone', viewport: { width: 390, height: 2400 } },
  { device: 'desktop', viewport: { width: 1280, height: 1600 } },
];

/** A paper's pictures are of its own folder, and of the profile: another one has other tables. */
const pages = [
  ...siteAddresses.map((address) => ({
    address,
    folder: 'tests/e2e/baselines',
    // It lists its papers: with others it is another page.
    profile: `of-${createHash('sha256').update(builtPapers.join()).digest('hex').slice(0, 8)}`,
  })),
  ...builtPapers.flatMap((paper) =>
    kindsOf(paper).map((address) => ({
      address,
      folder: `experiments/${paper}/tests/e2e/baselines`,
      profile: resultsOf(paper).profile,
    })),
  ),
];

/** Parts of a path; `paper-tables-sizes-whole-phone.png` */
const pictureOf = (
  { address, folder, profile }: (typeof pages)[number],
  device: string,
): readonly string[] => [
  ...folder.split('/'),
  `${[...address.split('/').filter((part) => part !== ''), profile, device].join('-')}.png`,
];

/** Else what has no picture yet would fail, and leave one that nobody looked at. */
const isAccepting = (mode: string): boolean => mode === 'all' || mode === 'changed';

for (const one of pages) {
  const { address } = one;
  test(`${address} is laid out on a phone and on a desktop as it was`, async ({ browser, baseURL }, info) => {
    const kept = viewports.filter(
      ({ device }) => isAccepting(info.config.updateSnapshots) || existsSync(join(...pictureOf(one, device))),
    );
    test.skip(
      kept.length === 0,
      `a first baseline lifts this: npx playwright test layout --update-snapshots`,
    );
    // The pages' own policy lets no style in from outside.
    const page = await browser.newPage({
      bypassCSP: true,
      // Boxes are as well told apart on a quarter of the pixels, and most of the time goes into comparing those.
      deviceScaleFactor: 0.5,
      ...(baseURL ? { baseURL } : {}),
    });
    for (const { device, viewport } of kept) {
      await page.setViewportSize(viewport);
      // Anew: what a script lays out, it does as the page is opened.
      await page.goto(address);
      await page.evaluate(() => document.fonts.ready);
      // Soft, so that both are told of.
      await expect.soft(page, update).toHaveScreenshot(pictureOf(one, device), {
        stylePath,
        scale: 'device',
        // Boxes are a seventh of a colour on the ground: the default would not see them.
        threshold: 0.05,
        // Columns of tables are as wide as their words; a block that is gone or moved is several times as much.
        maxDiffPixelRatio: 0.02,
      });
    }
    await page.close();
  });
}
