/** What a page and the worker of an exploration tell each other, and what the build writes for them. */
import type { PublicFile } from '../recompute/recomputation.ts';
import type { Choices, Control } from './exploration.ts';
import type { View } from './view.ts';

export interface ExplorationSource {
  readonly label: string;
  /** By the name under which the exploration's code knows it. */
  readonly files: Readonly<Record<string, PublicFile>>;
}

/** `explorations/<id>.json`, below the paper's folder. */
export interface ExplorationPlan {
  /** The worker's path below the paper's folder. */
  readonly worker: string;
  /** Under which the worker knows the exploration's code. */
  readonly code: string;
  readonly sources: readonly ExplorationSource[];
  /** The title of every table of the paper, by id. */
  readonly tables: Readonly<Record<string, string>>;
}

export type AskedOfExplorer =
  | {
      readonly kind: 'open';
      /** The paper's folder, absolute, with its last slash. */
      readonly folder: string;
      readonly code: string;
      readonly files: ExplorationSource['files'];
    }
  | { readonly kind: 'show'; readonly choices: Choices };

export type ToldByExplorer =
  | { readonly kind: 'downloaded'; readonly bytes: number }
  | { readonly kind: 'opened'; readonly controls: readonly Control[] }
  | { readonly kind: 'shown'; readonly views: readonly View[] };
