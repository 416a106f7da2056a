import katex from 'katex';
import { labelParts } from '../../results/label-parts.ts';
import { spokenTex } from './spoken-tex.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A formula within a line. @throws katex.ParseError */
const formula = (tex: string): string =>
  `<span aria-hidden="true">${katex.renderToString(tex)}</span><span class="visually-hidden">${escaped(spokenTex(tex))}</span>`;

/** A label as a voice may read it. */
export const labelSpoken = (label: string): string =>
  (labelParts(label) ?? []).map(({ text, isTex }) => (isTex ? spokenTex(text) : text)).join('');

/**
 * A label as HTML: parts between dollar signs are TeX, with words for those who do not see it.
 *
 * @throws katex.ParseError
 */
export const labelMarkup = (label: string): string =>
  (labelParts(label) ?? [{ text: label, isTex: false }])
    .map(({ text, isTex }) => (isTex ? formula(text) : escaped(text)))
    .join('');

/** The formulas of labels as HTML, each once, for what prints the labels in a reader's browser. One that is none is left out. */
export const formulasIn = (labels: Iterable<string>): Readonly<Record<string, string>> => {
  const formulas: Record<string, string> = {};
  for (const label of labels)
    for (const { text, isTex } of labelParts(label) ?? []) {
      if (!isTex || Object.hasOwn(formulas, text)) continue;
      try {
        formulas[text] = formula(text);
      } catch (error) {
        if (!(error instanceof katex.ParseError)) throw error;
      }
    }
  return formulas;
};
