import { PaperError } from '../engine/stage/index.ts';
import type { PlaceOfKey, Presentation } from '../results/presentation.ts';

/** Words of tables that may hold formulas between dollar signs, by the keys that lead to them. */
const labelsIn = ({ tables }: Presentation): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(tables).flatMap(([table, { title, columns = {} }]) => [
    ...(title === undefined ? [] : [[title, ['tables', table, 'title']] as const]),
    ...Object.entries(columns).flatMap(([id, { label, definition }]) =>
      [[label, 'label'] as const, [definition, 'definition'] as const].flatMap(([text, key]) =>
        text === undefined ? [] : [[text, ['tables', table, 'columns', id, key]] as const],
      ),
    ),
  ]);

/** Holds the formulas of labels to what KaTeX reads. What reads them is loaded only where there are any. @throws BadTex */
export const requireTex = async (presentation: Presentation, placeOf: PlaceOfKey): Promise<void> => {
  const formulas = labelsIn(presentation).filter(([text]) => text.includes('$'));
  if (formulas.length === 0) return;
  const { labelHtml } = await import('../site/components/label-html.ts');
  for (const [text, path] of formulas) {
    try {
      labelHtml(text);
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      const { name, message, hint } = error;
      throw new PaperError(name, message, {
        where: placeOf(path),
        details: [`in the ${path.at(-1)} '${text}'`],
        hint,
      });
    }
  }
};
