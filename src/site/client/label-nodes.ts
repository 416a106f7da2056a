import { labelParts } from '../../results/label-parts.ts';
import { element } from './element.ts';

/** TeX -> HTML, set in the build: what sets formulas is many times larger than all of a panel's. */
export type Formulas = Readonly<Record<string, string>>;

const formulaNodes = (html: string): readonly Node[] => {
  const made = element('template');
  made.innerHTML = html;
  return [...made.content.childNodes];
};

/** A label as it is printed; a formula that was not set stands as TeX. */
export const labelNodes = (label: string, formulas: Formulas): readonly (Node | string)[] =>
  (labelParts(label) ?? [{ text: label, isTex: false }]).flatMap(
    ({ text, isTex }): readonly (Node | string)[] => {
      const html = isTex ? formulas[text] : undefined;
      return html === undefined ? [text] : formulaNodes(html);
    },
  );
