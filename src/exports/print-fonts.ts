/**
 * Fonts of one weight each. Those of the site vary in weight, and a browser puts the letters of such a font into a PDF
 * as drawings (Type 3), which printers and search engines read badly.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

const place = 'print-fonts';
const weights = ['400', '400-italic', '600', '600-italic', '700'] as const;
const families = { serif: 'source-serif-4', sans: 'source-sans-3' } as const;
const styles = `:root { --serif: "Source Serif 4", serif; --sans: "Source Sans 3", sans-serif; }`;

const folderOf = (family: string): string =>
  dirname(createRequire(import.meta.url).resolve(`@fontsource/${family}/package.json`));

/** Answers what the styles of the fonts ask for, from their packages. */
export const routePrintFonts = async (context: BrowserContext): Promise<void> => {
  await context.route(new RegExp(`/${place}/`), (route) => {
    const [, family = '', path = ''] =
      new RegExp(`/${place}/([\\w-]+)/([\\w./-]+)$`).exec(route.request().url()) ?? [];
    return route.fulfill({
      contentType: path.endsWith('.css') ? 'text/css' : 'font/woff2',
      body: readFileSync(join(folderOf(family), path)),
    });
  });
};

/** Sets a page in them; the page has to be loaded. */
export const usePrintFonts = async (page: Page): Promise<void> => {
  const { origin } = new URL(page.url());
  for (const family of Object.values(families))
    for (const weight of weights)
      await page.addStyleTag({ url: `${origin}/${place}/${family}/${weight}.css` });
  await page.addStyleTag({ content: styles });
};
