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

/**
 * A name that an author gives: as it stands, it is one of those that are known; one that a program puts together, a string
 * or a template of one, may be any, and is held against the results as claims are judged.
 */
export type GivenName<Given extends string, Known> = Given extends Known
  ? Given
  : Record<never, never> extends Record<Given, unknown>
    ? Given
    : Known;

/** Ids of a table's columns; any of a table whose name is put together. */
export type ColumnsOf<Names extends ResultNames, Table extends string> = Table extends keyof Names['tables']
  ? Names['tables'][Table]
  : string;

/** Names of the results of a paper; any names where it was never built. */
export type NamesOf<Paper extends string> = Paper extends keyof ReproduciblePapers
  ? ReproduciblePapers[Paper] extends ResultNames
    ? ReproduciblePapers[Paper]
    : ResultNames
  : ResultNames;
