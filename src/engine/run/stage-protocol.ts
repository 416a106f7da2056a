import type { Progress, WitnessMark } from '../stage/define-stage.ts';
import type { SourcePosition } from '../stage/paper-error.ts';

/** What the runner tells a stage's process: paths and resolved parameters. */
export interface StageManifest {
  readonly params: unknown;
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly files: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly scratch: string;
  /** Written by a program that has no pipe when all its outputs are. */
  readonly done: string;
  /** Where such a program tells an error, as JSON. */
  readonly error: string;
  /** Replay these parts of the witness into `outputs.witness` instead of running the stage. */
  readonly witness?: readonly string[];
}

/** What the launcher needs besides: the bundle, and where the packages lie that its code names. */
export interface LauncherManifest extends StageManifest {
  readonly bundle: string;
  /** Modules of Node's own that it names, and the launcher does. */
  readonly builtins: readonly string[];
  readonly resolved: Readonly<Record<string, string>>;
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
  /** Where it came up, in what runs. */
  readonly stack?: string | undefined;
}

export type StageMessage =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'error'; readonly error: TransportedError }
  /** What was thrown, of which nothing is told by name. */
  | { readonly type: 'fault'; readonly stack: string }
  /** Every output is written. */
  | { readonly type: 'done' };

/** What the guard of a process gives its launcher. */
export interface StageHost {
  readonly tell: (message: StageMessage) => void;
}
