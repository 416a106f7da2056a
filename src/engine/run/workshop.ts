import type { Platform } from '../keys/stage-key.ts';
import type { Stage } from '../stage/pipeline.ts';
import type { Reporter } from './progress.ts';
import type { Store } from './store.ts';

/** What runs stages here. */
export interface Workshop {
  /** The project's folder. */
  readonly root: string;
  readonly store: Store;
  /** What computes here. */
  readonly platform: Platform;
  /** What published runs are made with: their keys name it, whatever a build uses. */
  readonly reference: Platform;
  /** The class of machines on which numeric stages give equal bits. Provenance; not part of a key. */
  readonly machine: Readonly<Record<string, unknown>>;
  /** Environment of a stage that uses so many threads, for example the backend's own thread settings. */
  readonly environment: (threads: number) => Readonly<Record<string, string>>;
  readonly reporter: Reporter;
  /** Looks at a file that a stage wrote as its output `result`, before it is stored. @throws what is wrong with it */
  readonly checkResult?: (stage: Stage, path: string) => void;
}

/** The folder of what is made here and never committed: logs, checkpoints, runs under way. */
export const workFolder = ({ root }: Pick<Workshop, 'root'>): string => `${root}/.paper`;
