import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Puts the drawings that a page uses into it, from their files: what a browser draws of another file no script sees. */
export const drawInPage = async (page: Page): Promise<void> => {
  const hrefs = await page
    .locator('svg > use')
    .evaluateAll((uses) => uses.map((use) => use.getAttribute('href') ?? ''));
  const files = hrefs.map((href) => readFileSync(join('dist', href.replace(/[?#].*$/, '')), 'utf8'));
  await page.evaluate((drawings) => {
    for (const [at, use] of [...document.querySelectorAll('svg > use')].entries()) {
      const file = new DOMParser().parseFromString(drawings[at]!, 'image/svg+xml');
      const place = (use.getAttribute('href') ?? '').replace(/^.*#/, '');
      use.replaceWith(...(file.getElementById(place)?.childNodes ?? []));
    }
  }, files);
};
