import type { Stage } from '../engine/stage/index.ts';

/** What a paper's graph may say besides its `recomputable` tables. */
export interface Rerunning {
  /**
   * Stages that feed them and that readers run too: what these write is neither made public nor downloaded, but computed
   * again from what they read.
   */
  readonly rerun?: readonly Stage[];
}
