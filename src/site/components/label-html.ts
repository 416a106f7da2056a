import katex from 'katex';
import { PaperError } from '../../engine/stage/index.ts';
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

/** @throws BadTex */
const formula = (tex: string, label: string): string => {
  try {
    return `<span aria-hidden="true">${katex.renderToString(tex)}</span><span class="visually-hidden">${spoken(tex)}</span>`;
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    throw new PaperError(
      'BadTex',
      error.message.replace(/^KaTeX parse error: /, '').replaceAll('\u0332', ''),
      {
        details: [`in the label '${label}' of a column, in the paper's tables.ts`],
        hint: 'see the functions that KaTeX supports: katex.org/docs/supported; \\\\$ is the dollar sign itself.',
      },
    );
  }
};

const made = new Map<string, string>();

const makeHtml = (label: string): string =>
  (labelParts(label) ?? [{ text: label, isTex: false }])
    .map(({ text, isTex }) => (isTex ? formula(text, label) : escaped(text)))
    .join('');

/** A label as HTML: parts between dollar signs are TeX, with words for those who do not see it. @throws BadTex */
export const labelHtml = (label: string): string => {
  const html = made.get(label) ?? makeHtml(label);
  made.set(label, html);
  return html;
};
