import type { ClaimOn } from '../components/claims-on.ts';
import type { Definition } from '../definition-text.ts';
import type { PlacedSentence } from '../paper-pages.ts';
import type { MadeStage } from '../site-build.ts';
import type { Formulas } from './label-nodes.ts';
import type { MeanInterval, PanelColumn } from './table-json.ts';

/** A value that is of no table. */
export interface ValueJson extends Pick<PanelColumn, 'definition' | 'whose' | 'unit'> {
  readonly value: number | string;
  /** What each replicate has, where there are several. */
  readonly replicates: readonly { readonly seed: string; readonly value: number | string }[];
  readonly interval: MeanInterval | null;
  /** The figure of a table that it is: `<table>.<row>.<column>`. */
  readonly cell?: string;
  readonly key: string;
  readonly sentences: readonly PlacedSentence[];
  readonly claims: readonly ClaimOn[];
  /** Names of the stages that it stands on, nearest first. */
  readonly made: readonly string[];
  /** Of those that give it, where each does. */
  readonly givenAt: Readonly<Record<string, Definition>>;
}

/** `values.json`: every value of a paper that is of no table. */
export interface ValuesJson {
  readonly values: Readonly<Record<string, ValueJson>>;
  readonly stages: Readonly<Record<string, MadeStage>>;
  readonly formulas: Formulas;
}
