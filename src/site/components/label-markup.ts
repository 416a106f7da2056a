import katex from 'katex';
import { labelParts } from '../../results/label-parts.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** TeX as a voice may read it: names without their backslashes. */
const spoken = (tex: string): string =>
  escaped(
    tex
      .replace(/[\\{}]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

const formula = (tex: string): string =>
  `<span aria-hidden="true">${katex.renderToString(tex)}</span><span class="visually-hidden">${spoken(tex)}</span>`;

/**
 * A label as HTML, in the build and in a reader's browser alike: parts between dollar signs are TeX, with words for
 * those who do not see it.
 *
 * @throws katex.ParseError
 */
export const labelMarkup = (label: string): string =>
  (labelParts(label) ?? [{ text: label, isTex: false }])
    .map(({ text, isTex }) => (isTex ? formula(text) : escaped(text)))
    .join('');
