import type { ClaimOn } from '../components/claims-on.ts';
import type { NamedStage } from '../components/made-by.ts';
import type { PlacedSentence } from '../paper-pages.ts';
import { digits } from './digits.ts';
import type { Formulas } from './label-nodes.ts';
import type { MeanInterval, PanelColumn } from './table-json.ts';

interface Place {
  readonly at: string;
  readonly title: string;
}

/** What a panel tells of a figure, whatever it is of: labels have parts between dollar signs that are TeX. */
export interface PanelFacts {
  readonly title: string;
  readonly is: string | undefined;
  /** Where it stands among others of its kind, below the paper's address. */
  readonly place: Place;
  /** Of a value of no table, the figure of a table that it is, by its name there. */
  readonly figure?: (Place & { readonly of: string }) | undefined;
  readonly unit: string | null;
  readonly sure: string | undefined;
  readonly null: string | undefined;
  readonly original: string | undefined;
  /** The other figures of its row. */
  readonly rest: string | undefined;
  readonly sentences: readonly PlacedSentence[];
  /** Claims that read this very figure, and others that read what it stands among. */
  readonly claims: { readonly own: readonly ClaimOn[]; readonly others: readonly ClaimOn[] };
  readonly made: readonly NamedStage[];
  readonly key: string;
  /** What `why` and `verify` are asked. */
  readonly name: string;
  readonly formulas: Formulas;
}

/** Who gives a definition. */
const whose = {
  theirs: 'the original’s definition',
  inferred: 'inferred from what the original prints',
  ours: 'our definition',
};

/** What a figure is, and who says so. @param among what it is of rows and of replicates, in words */
export const definitionOf = (
  of: Pick<PanelColumn, 'definition' | 'whose'> | undefined,
  ...among: readonly string[]
): string | undefined => {
  const parts = [
    ...among,
    // Whose a definition is says nothing without it.
    ...(of?.definition === undefined ? [] : [of.definition, ...(of.whose ? [whose[of.whose]] : [])]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
};

/** What several replicates say of one figure. */
export const sureText = (
  replicate: string,
  each: readonly { readonly seed: number | string; readonly value: number }[],
  interval: MeanInterval | null | undefined,
): string | undefined => {
  if (each.length < 2) return undefined;
  if (new Set(each.map(({ value }) => value)).size === 1)
    return `the same in each ${replicate} of ${each.length}`;
  const [mean, low, high] = interval ?? [];
  const listed = each.map(({ seed, value }) => `${replicate} ${seed}: ${digits(value)}`).join(', ');
  return mean === undefined || low === undefined || high === undefined
    ? listed
    : `mean ${digits(mean)}, its 95 % interval ${digits(low)} to ${digits(high)} (Student’s t); ${listed}`;
};
