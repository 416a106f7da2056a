import katex from 'katex';
import { PaperError } from '../../engine/stage/index.ts';
import { labelMarkup } from './label-markup.ts';

const made = new Map<string, string>();

const makeHtml = (label: string): string => {
  try {
    return labelMarkup(label);
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

/** A label as HTML: parts between dollar signs are TeX, with words for those who do not see it. @throws BadTex */
export const labelHtml = (label: string): string => {
  const html = made.get(label) ?? makeHtml(label);
  made.set(label, html);
  return html;
};
