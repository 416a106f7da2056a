/**
 * A label's parts: plain text, and TeX between dollar signs. A formula stands apart from the letters and digits around
 * it and neither begins nor ends with a space; any other dollar sign is one, and so is `\\$`.
 */
export interface LabelPart {
  readonly text: string;
  readonly isTex: boolean;
}

// A dollar sign itself, or one that begins a formula, with all up to the next one.
const signs = /\\\$|(?<![\p{L}\p{N}])\$(?![\s)\]},.;:]|$)((?:\\.|[^$\\])*)(\$?)/gu;

const isFormula = (tex: string, next: string): boolean =>
  tex.trim() === tex && tex !== '' && !/^[\p{L}\p{N}$]/u.test(next);

/** @returns undefined when a dollar sign may begin a formula and none follows that ends it */
export const labelParts = (label: string): readonly LabelPart[] | undefined => {
  const parts: LabelPart[] = [];
  let text = '';
  let end = 0;
  for (const { 0: whole, 1: tex, 2: close, index } of label.matchAll(signs)) {
    text += label.slice(end, index);
    end = index + whole.length;
    if (tex === undefined) {
      text += '$';
      continue;
    }
    if (!close || !isFormula(tex, label.slice(end))) return undefined;
    if (text) parts.push({ text, isTex: false });
    parts.push({ text: tex, isTex: true });
    text = '';
  }
  text += label.slice(end);
  return text ? [...parts, { text, isTex: false }] : parts;
};
