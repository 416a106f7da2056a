import { claimHeading } from '../../claims/claim-words.ts';
import type { ValueChange } from '../../diff/compare-values.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { claimPlace, figurePlace, usesOf } from '../paper-pages.ts';
import { shownValue } from '../printed-numbers.ts';
import { valueAddress } from './value-address.ts';
import { valueWords } from './value-words.ts';

/** A change as a reader is told it: labels have parts between dollar signs that are TeX. */
export interface ChangeRow {
  /** undefined for what is no longer there: its name is all that is known. */
  readonly what: string | undefined;
  readonly id: string;
  /** Sentences that print it, or the table or figure that it stands in. */
  readonly where: readonly { readonly text: string; readonly at: string }[];
  readonly before: string | null;
  readonly after: string | null;
  readonly kind: ValueChange['kind'];
}

const order: readonly ValueChange['kind'][] = ['verdict', 'sentence', 'table', 'figure'];

/** What a sentence names and what it prints are two ids where there are replicates. */
const sentencesPrinting = (data: PaperData, id: string) =>
  [...usesOf(data.paper)].flatMap(([of, sentences]) =>
    Object.hasOwn(data.values, of) && shownValue(data, of).id === id ? sentences : [],
  );

const rowOf = (data: PaperData, { kind, id, before, after }: ValueChange): ChangeRow => {
  const told = { id, before, after };
  if (kind === 'verdict') {
    const claim = ownOf(data.claims, id);
    const { sentence, at } = claimPlace(data.paper, id);
    const where = claim ? [{ text: claimHeading(sentence, claim), at }] : [];
    return { ...told, kind, what: claim && `the verdict: ${claim.predicate}`, where };
  }
  if (kind === 'figure') {
    const { path, alt } = figurePlace(data.paper, id);
    const words = `the figure ${id.replaceAll('-', ' ')}`;
    return { ...told, kind, what: words, where: after === null ? [] : [{ text: alt || words, at: path }] };
  }
  const what = valueWords(data, id);
  const sentences = after === null ? [] : sentencesPrinting(data, id);
  if (sentences.length > 0) return { ...told, kind: 'sentence', what, where: sentences };
  const table = ownOf(data.tables, id.split('.')[0]!);
  const where =
    what !== undefined && table ? [{ text: table.presentation.title, at: valueAddress(data, id) }] : [];
  return { ...told, kind: 'table', what, where };
};

/** Verdicts first, then what sentences print, what stands in tables alone, and figures. */
export const changeRows = (data: PaperData, changes: readonly ValueChange[]): readonly ChangeRow[] =>
  changes
    .map((change) => rowOf(data, change))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
