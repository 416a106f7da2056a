import type { BackendIdentity } from '../keys/stage-key.ts';
import type { Reporter } from './progress.ts';
import type { Store } from './store.ts';

/** What runs stages here. */
export interface Workshop {
  /** The project's folder. */
  readonly root: string;
  readonly store: Store;
  readonly backend: BackendIdentity;
  /** The backend that published runs are made with: their keys name it, whatever backend a build uses. */
  readonly referenceBackend: BackendIdentity;
  /** The class of machines on which numeric stages give equal bits. Provenance; not part of a key. */
  readonly machine: Readonly<Record<string, unknown>>;
  /** Environment of a stage that uses so many threads, for example the backend's own thread settings. */
  readonly environment: (threads: number) => Readonly<Record<string, string>>;
  readonly reporter: Reporter;
}

/** The folder of what is made here and never committed: logs, checkpoints, runs under way. */
export const workFolder = ({ root }: Workshop): string => `${root}/.paper`;
