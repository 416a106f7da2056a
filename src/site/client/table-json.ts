import type { ClaimOn } from '../components/claims-on.ts';
import type { NamedStage } from '../components/made-by.ts';

type Row = Readonly<Record<string, number | string | null>>;

/** `tables/<id>.json`, as far as a panel reads it. */
export interface TableJson {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly {
    readonly id: string;
    readonly label: string;
    readonly unit: string | null;
    readonly definition?: string;
    readonly whose?: 'theirs' | 'inferred' | 'ours';
  }[];
  readonly keys: readonly string[];
  readonly rows: readonly Row[];
  readonly replicates?: readonly { readonly seed: number; readonly rows: readonly Row[] }[];
  readonly nullModel: string | null;
  readonly nullDraws: number | null;
  readonly reported: {
    readonly columns: readonly { readonly id: string }[];
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  } | null;
  readonly key: string;
  readonly claims: readonly ClaimOn[];
  readonly made: readonly NamedStage[];
}
