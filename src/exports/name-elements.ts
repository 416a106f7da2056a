import type { Page } from 'playwright-core';

/**
 * What a voice says of a drawing, a picture and a formula, where Chromium takes it from for a tagged PDF: from an image
 * with a name. A figure is then what holds such an image and its caption, and no image itself.
 *
 * @returns what formulas are said to be
 */
export const nameElements = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const name = (element: Element, words: string): void => {
      element.removeAttribute('aria-hidden');
      element.setAttribute('role', 'img');
      element.setAttribute('aria-label', words);
    };
    for (const holder of document.querySelectorAll('article [role="img"][aria-label]:not(svg)')) {
      const drawing = holder.querySelector('svg:not(.for-phone)');
      if (!drawing) continue;
      name(drawing, holder.getAttribute('aria-label') ?? '');
      holder.removeAttribute('role');
      holder.removeAttribute('aria-label');
    }
    for (const figure of document.querySelectorAll('article figure')) figure.setAttribute('role', 'group');
    const names: string[] = [];
    for (const formula of document.querySelectorAll('article .katex')) {
      // Words stand beside it for voices.
      if (formula.closest('[aria-hidden="true"]')) continue;
      const drawn = formula.querySelector('.katex-html');
      if (!drawn) continue;
      names.push(`$${formula.querySelector('annotation')?.textContent?.trim() ?? ''}$`);
      name(drawn, names.at(-1)!);
    }
    return names;
  });

/**
 * Chromium calls a formula with a name a figure. In its place stands what it is: as long as it was, since a PDF counts
 * its bytes.
 */
export const nameFormulas = (pdf: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(pdf)
      .toString('latin1')
      .replace(
        /\/Type \/StructElem\n\/S \/Figure(?=\n\/Alt (?:\(\$|<FEFF0024))/g,
        '/Type /StructElem/S /Formula',
      ),
    'latin1',
  );
