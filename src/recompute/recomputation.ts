/** How a reader's browser computes a table anew: what the build writes beside the page, and what a worker is told. */
import type { TablePresentation } from '../results/presentation.ts';
import type { Row, Table } from '../results/result-schema.ts';

/** A file that a stage reads, as a browser finds it. */
export interface PublicFile {
  /** Below the paper's folder. */
  readonly path: string;
  /** Of its content, in hexadecimal. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** One run of a table's stage, with everything that the build gave it. */
export interface RecomputedReplicate {
  /** null where nothing is repeated. */
  readonly seed: number | null;
  readonly stage: string;
  /** Under which the worker knows the stage's code. */
  readonly code: string;
  /** Resolved, as they stand in the stage's key. */
  readonly params: unknown;
  /** Input -> output of the stage that feeds it -> the file. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, PublicFile>>>>;
  /** Output -> its file's name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** `recompute/<table>.json`, below the paper's folder. */
export interface Recomputation {
  /** The worker's path below the paper's folder. */
  readonly worker: string;
  /** The table as the build computed it. */
  readonly table: Table;
  readonly presentation: TablePresentation;
  /** The first one leads. */
  readonly replicates: readonly RecomputedReplicate[];
}

/** What a table's page says before anything is downloaded. */
export interface RecomputationOffer {
  readonly seeds: readonly (number | null)[];
  readonly sizeBytes: number;
  /** Of what the first replicate alone reads. */
  readonly firstSizeBytes: number;
}

/** A replicate's rows, computed anew. */
export interface RecomputedRows {
  readonly seed: number | null;
  readonly rows: readonly Row[];
}

/** Each file once, however many inputs it feeds. */
export const filesOf = (replicates: readonly RecomputedReplicate[]): readonly PublicFile[] => [
  ...new Map(
    replicates
      .flatMap(({ inputs }) => Object.values(inputs).flatMap((outputs) => Object.values(outputs)))
      .map((file) => [file.path, file]),
  ).values(),
];

export const sizeOf = (files: readonly PublicFile[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
