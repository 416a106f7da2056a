/** What a page and its worker tell each other. */
import type { ComparedFigure } from './compare-figures.ts';
import type { Recomputation, RecomputedReplicate, RecomputedRows } from './recomputation.ts';

export type AskedOfWorker =
  | {
      readonly kind: 'read';
      /** The paper's folder, absolute, with its last slash. */
      readonly folder: string;
      readonly replicates: readonly RecomputedReplicate[];
    }
  | { readonly kind: 'compute'; readonly table: string }
  | {
      readonly kind: 'compare';
      readonly recomputation: Pick<Recomputation, 'table' | 'presentation'>;
      readonly anew: readonly RecomputedRows[];
    };

/** Why nothing was computed. */
export type RecomputationFault =
  | { readonly kind: 'unreachable'; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string; readonly status: number }
  | {
      readonly kind: 'damaged';
      readonly path: string;
      readonly expected: string;
      readonly received: string;
    }
  | { readonly kind: 'insecure' }
  | { readonly kind: 'other-build' }
  | { readonly kind: 'broken'; readonly message: string };

export type ToldByWorker =
  | { readonly kind: 'downloaded'; readonly bytes: number }
  | { readonly kind: 'verified' }
  | { readonly kind: 'progress'; readonly seed: number | null; readonly done: number; readonly total: number }
  | { readonly kind: 'computed'; readonly anew: readonly RecomputedRows[] }
  | { readonly kind: 'compared'; readonly figures: readonly ComparedFigure[] };
