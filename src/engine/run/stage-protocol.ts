import type { Progress, WitnessMark } from '../stage/define-stage.ts';
import type { SourcePosition } from '../stage/paper-error.ts';

/** What the runner tells a stage's process: paths and resolved parameters. */
export interface StageManifest {
  readonly params: unknown;
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly scratch: string;
  /** Replay these parts of the witness into `outputs.witness` instead of running the stage. */
  readonly witness?: readonly string[];
}

/** What a replay writes, and what is kept of it in `witness.json`. */
export interface Witness {
  readonly parts: readonly { readonly id: string; readonly marks: readonly WitnessMark[] }[];
  readonly tolerance: Readonly<Record<string, number>>;
}

/** A PaperError on its way from the stage's process to the runner. */
export interface TransportedError {
  readonly name: string;
  readonly message: string;
  readonly hint: string;
  readonly where: SourcePosition | null;
  readonly details: readonly string[];
}

export type StageMessage =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'error'; readonly error: TransportedError };
