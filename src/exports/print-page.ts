/** The built page in a browser: as a PDF, and each of its drawings and pictures as one. */
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/setup/find-chromium.mjs';
import { PaperError } from '../engine/stage/index.ts';
import { leftOut } from './left-out.ts';
import { otherPaper } from './link-of.ts';
import { nameElements, nameFormulas } from './name-elements.ts';
import { routePrintFonts, usePrintFonts } from './print-fonts.ts';
import { reproduciblePdf } from './reproducible-pdf.ts';

export interface PrintedPage {
  readonly pdf: Uint8Array;
  /** What its formulas are said to be: each its TeX between dollars. */
  readonly formulas: readonly string[];
  /** Each drawing and picture of the page, in its order, as a PDF of its size. */
  readonly pictures: readonly Uint8Array[];
}

/** Where a page is read, and what is said of it elsewhere. */
export interface PrintedAddress {
  /** Where it is served while it is printed. */
  readonly served: string;
  /** What is printed there: all pages of the paper as one. */
  readonly html: string;
  /** Where readers find it; null where the site does not know. */
  readonly address: string | null;
  /** The day that the file is dated with, ISO 8601. */
  readonly date: string;
}

/** The text's width on A4 between the margins of the print styles, upright and turned, in CSS pixels. */
const textWidths = { upright: 650, turned: 982 } as const;

/** What paper does not show goes, what is closed is opened, and links lead where a file on its own can lead. */
const prepare = (page: Page, address: string | null): Promise<void> =>
  page.evaluate(
    async ({ leftOut, widths, address, otherPaper }) => {
      document.documentElement.setAttribute('data-printed', '');
      for (const element of document.querySelectorAll(leftOut)) element.remove();
      for (const details of document.querySelectorAll('details')) details.open = true;
      for (const link of document.querySelectorAll('a[href]')) {
        const href = link.getAttribute('href') ?? '';
        if (href.startsWith('#') || /^(https?|mailto):/.test(href)) continue;
        if (address === null && new RegExp(otherPaper).test(href)) {
          link.prepend('“');
          link.append('”');
        }
        if (address === null) link.removeAttribute('href');
        else link.setAttribute('href', new URL(href, address).href);
      }
      // Fonts are loaded for what is laid out.
      document.body.getBoundingClientRect();
      await document.fonts.ready;
      for (const table of document.querySelectorAll('figure.table')) {
        const width = table.querySelector('table')?.scrollWidth ?? 0;
        if (width > widths.turned) table.classList.add('widest');
        if (width > widths.upright) table.classList.add('wide');
      }
    },
    { leftOut, widths: textWidths, address, otherPaper: otherPaper.source },
  );

/** Takes all but drawings and pictures, and what they stand in, from the page: it is laid out for each of them. */
const keepPictures = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const pictures = [...document.querySelectorAll('article :is(svg, img)')].filter(
      (picture) => !picture.closest('.katex, .for-phone'),
    );
    const prune = (element: Element): void => {
      for (const child of [...element.childNodes])
        if (pictures.some((picture) => child === picture)) child.parentElement?.classList.add('printed-path');
        else if (child instanceof Element && pictures.some((picture) => child.contains(picture))) {
          child.classList.add('printed-path');
          prune(child);
        } else child.remove();
    };
    document.body.classList.add('printed-path');
    prune(document.body);
    for (const [at, picture] of pictures.entries()) picture.setAttribute('data-picture', String(at));
    return pictures.length;
  });

/** Shows one of them alone, and says how large it is. */
const isolate = (page: Page, at: number): Promise<{ readonly width: number; readonly height: number }> =>
  page.evaluate((index) => {
    const picture = document.querySelector(`[data-picture="${index}"]`)!;
    for (const element of document.querySelectorAll('.printed-path, [data-picture]'))
      element.classList.toggle('printed-off', !element.contains(picture));
    const { width, height } = picture.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  }, at);

const alone = `
@page { margin: 0 !important; }
.printed-off { display: none !important; }
.printed-path {
  display: block !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  max-width: none !important; break-before: auto !important; page: auto !important; background: none !important;
}`;

const printPicture = async (page: Page, at: number): Promise<Uint8Array> => {
  const { width, height } = await isolate(page, at);
  if (width === 0 || height === 0)
    throw new Error(`internal: picture ${at} of the page has no size in print`);
  return page.pdf({ width: `${width}px`, height: `${height + 1}px`, printBackground: true, pageRanges: '1' });
};

/** A drawing's page is as large as the drawing, whatever the styles say of pages. */
const withoutPageStyles = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const clear = (holder: CSSStyleSheet | CSSGroupingRule): void => {
      for (let at = holder.cssRules.length - 1; at >= 0; at--) {
        const rule = holder.cssRules[at];
        if (rule instanceof CSSPageRule) holder.deleteRule(at);
        else if (rule instanceof CSSGroupingRule) clear(rule);
      }
    };
    for (const sheet of document.styleSheets) clear(sheet);
  });

/** @throws NoChromium */
const chromiumPath = (): string => {
  const path = findChromium();
  if (path !== undefined) return path;
  throw new PaperError('NoChromium', 'a PDF is printed by Chromium, and none was found.', {
    details: ['looked for CHROMIUM_PATH, and for chromium and google-chrome on the PATH'],
    hint: 'install one, `sudo apt-get install chromium`, or set CHROMIUM_PATH, and run the same command again; builds need none.',
  });
};

/**
 * Prints built pages, one after the other.
 *
 * @param scratch a folder for what Chromium keeps: where this process is killed, nobody removes that
 * @param use is given what prints a page with so many pictures
 * @throws NoChromium
 */
export const withPrinter = async <T>(
  scratch: string,
  use: (print: (address: PrintedAddress, nPictures: number) => Promise<PrintedPage>) => Promise<T>,
): Promise<T> => {
  // A container's root cannot use Chromium's sandbox; only pages that were built here are opened.
  const context = await chromium.launchPersistentContext(join(scratch, 'profile'), {
    executablePath: chromiumPath(),
    args: ['--no-sandbox'],
    artifactsDir: join(scratch, 'artifacts'),
    bypassCSP: true,
    colorScheme: 'light',
    viewport: { width: textWidths.upright, height: 1000 },
  });
  try {
    // Nothing is asked of a printed page.
    await context.route(/\.js$/, (route) => route.abort());
    await routePrintFonts(context);
    return await use(async ({ served, html, address, date }, nPictures) => {
      const page = await context.newPage();
      await page.emulateMedia({ media: 'print' });
      await page.route(served, (route) =>
        route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }),
      );
      await page.goto(served, { waitUntil: 'load' });
      await usePrintFonts(page);
      await prepare(page, address);
      const formulas = await nameElements(page);
      const pdf = await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        outline: true,
      });
      const pictures: Uint8Array[] = [];
      await withoutPageStyles(page);
      await page.addStyleTag({ content: alone });
      await page.setViewportSize({ width: 900, height: 1000 });
      const found = await keepPictures(page);
      if (found !== nPictures)
        throw new Error(`internal: the page has ${nPictures} pictures to print, and ${found} were found`);
      for (let at = 0; at < nPictures; at++) pictures.push(await printPicture(page, at));
      await page.close();
      return {
        formulas,
        pdf: nameFormulas(reproduciblePdf(pdf, date)),
        pictures: pictures.map((picture) => reproduciblePdf(picture, date)),
      };
    });
  } finally {
    await context.close();
  }
};
