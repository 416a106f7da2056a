/** Names of a paper's results as types, so that an editor completes them and tsc refuses wrong ones. */

declare global {
  /** A paper's id -> its names; builds write an entry a paper into .paper/types, and a bare clone has none. */
  interface ReproduciblePapers {}
}

/** What results are called. */
export interface ResultNames {
  /** Table id -> ids of its columns, those of nulls and of further figures too. */
  readonly tables: Readonly<Record<string, string>>;
  readonly values: string;
}

/** Names of the results of a paper; any names where it was never built. */
export type NamesOf<Paper extends string> = Paper extends keyof ReproduciblePapers
  ? ReproduciblePapers[Paper] extends ResultNames
    ? ReproduciblePapers[Paper]
    : ResultNames
  : ResultNames;
