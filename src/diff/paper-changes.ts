import type { ValueChange } from './compare-values.ts';

/** How what a paper displays came to be other than it was. */
export interface PaperChanges {
  /** What its author accepted last, against what was accepted before; null where no history tells. */
  readonly accepted: {
    /** That recorded it; null: it is recorded and not yet committed. */
    readonly commit: string | null;
    /** Of the commit, as `2026-03-07`. */
    readonly date: string | null;
    readonly changes: readonly ValueChange[];
  } | null;
  /** What this build displays, against what is accepted; null for a profile that nothing binds. */
  readonly built: readonly ValueChange[] | null;
}
