/** What a page and its worker tell each other. */
import type { ComparedFigure } from './compare-figures.ts';
import type { Recomputation, RecomputedRows } from './recomputation.ts';
import type { Written } from './run-in-memory.ts';
import type { WorkShare } from './share-work.ts';

export type AskedOfWorker =
  | {
      readonly kind: 'read';
      /** The paper's folder, absolute, with its last slash. */
      readonly folder: string;
      readonly share: WorkShare;
    }
  | { readonly kind: 'make' }
  | {
      readonly kind: 'compute';
      readonly table: string;
      /** By stage: what workers made ahead. */
      readonly made: Readonly<Record<string, Written>>;
    }
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
  /** What a reader set has no answer: that is the reader's matter, and no fault. */
  | {
      readonly kind: 'refused';
      readonly message: string;
      readonly details: readonly string[];
      readonly hint: string;
    }
  | { readonly kind: 'broken'; readonly message: string };

export type ToldByWorker =
  | { readonly kind: 'downloaded'; readonly bytes: number }
  | { readonly kind: 'verified' }
  /** How much of a stage is done, from 0 to 1. */
  | { readonly kind: 'progress'; readonly stage: string; readonly part: number }
  | { readonly kind: 'made'; readonly outputs: Readonly<Record<string, Written>> }
  | { readonly kind: 'computed'; readonly anew: readonly RecomputedRows[] }
  | { readonly kind: 'compared'; readonly figures: readonly ComparedFigure[] };
