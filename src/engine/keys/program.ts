import type { SourcePosition } from '../stage/paper-error.ts';

/** What one run is granted besides the program's own files. */
export interface Grants {
  /** The manifest's path. */
  readonly manifest: string;
  /** The folder of the run: its working directory. */
  readonly folder: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly threads: number;
  /** With other seeds of the language's own random numbers and hashes. */
  readonly otherwise?: boolean;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What holds the process to its grants: provenance. */
  readonly confinement: string;
}

/** What a process that stopped says of it. */
export interface Trace {
  /** With places in the sources, where other code ran that was made of them. */
  readonly written: string;
  /** Where the code stopped: in the author's, if it came by there. */
  readonly where: SourcePosition | undefined;
  /** Whether that is the author's, and not the tool's own. */
  readonly isAuthors: boolean;
  /** What was thrown, in its own words. */
  readonly thrown: string | undefined;
}

/** How a stage's code is hashed and started, whatever language it is in. */
export interface Program {
  /** Digest of all code that can run: enters the key. */
  readonly digest: string;
  /** Project files reached, relative to the project, sorted. */
  readonly files: readonly string[];
  /** What is read by path while it runs: native addons and packages' data, by the name in the code -> digest. */
  readonly native: Readonly<Record<string, string>>;
  /** Source file -> digest without comments and layout: where a digest changed, they tell in which files. */
  readonly sources: () => Promise<Readonly<Record<string, string>>>;
  /** Whether its process speaks over a pipe, its file 3, or through files alone. */
  readonly channel: 'pipe' | 'files';
  /** What the manifest holds for the program itself. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly command: (run: Grants) => Promise<Command>;
  /** Reads what its process wrote before it stopped. */
  readonly trace?: (written: string) => Promise<Trace>;
}
