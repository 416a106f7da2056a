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

/** An output of a stage that is itself run here. */
export interface MadeFile {
  readonly madeBy: string;
  readonly output: string;
}

/** A run of a stage, with everything that the build gave it. */
export interface RecomputedStage {
  readonly stage: string;
  /** Under which the worker knows the stage's code. */
  readonly code: string;
  /** Resolved, as they stand in the stage's key. */
  readonly params: unknown;
  /** Input -> output of the stage that feeds it -> the file. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, PublicFile | MadeFile>>>>;
  /** Output -> its file's name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stage with all that is run before it, each after those that feed it. */
export interface RecomputedRun extends RecomputedStage {
  readonly before: readonly RecomputedStage[];
}

/** One run of a table's stage. */
export interface RecomputedReplicate extends RecomputedRun {
  /** null where nothing is repeated. */
  readonly seed: number | null;
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
  /** The files of code that are run, in order. */
  readonly code: readonly string[];
  readonly sizeBytes: number;
  /** Of what the first replicate alone reads. */
  readonly firstSizeBytes: number;
}

/** A replicate's rows, computed anew. */
export interface RecomputedRows {
  readonly seed: number | null;
  readonly rows: readonly Row[];
}

/** Each stage that is run, once. */
export const stagesOf = (runs: readonly RecomputedRun[]): readonly RecomputedStage[] => [
  ...new Map(
    runs.flatMap((run) => [...run.before, run]).map((stage) => [stage.stage, stage] as const),
  ).values(),
];

/** What a stage reads. */
const inputsOf = ({ inputs }: RecomputedStage): readonly (PublicFile | MadeFile)[] =>
  Object.values(inputs).flatMap((outputs) => Object.values(outputs));

/** The stages run here whose outputs a stage reads. */
export const madeInputs = (stage: RecomputedStage): readonly string[] => [
  ...new Set(inputsOf(stage).flatMap((file) => ('madeBy' in file ? file.madeBy : []))),
];

/** Each file once, however many inputs it feeds. */
export const filesOf = (runs: readonly RecomputedRun[]): readonly PublicFile[] => [
  ...new Map(
    stagesOf(runs)
      .flatMap(inputsOf)
      .flatMap((file) => ('path' in file ? [[file.path, file] as const] : [])),
  ).values(),
];

export const sizeOf = (files: readonly PublicFile[]): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
