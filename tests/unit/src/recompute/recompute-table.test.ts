import { expect, test } from 'vitest';
import type { StartWorker } from '../../../../src/recompute/converse.ts';
import {
  filesOf,
  type RecomputedReplicate,
  type RecomputedStage,
  sizeOf,
} from '../../../../src/recompute/recomputation.ts';
import { recomputeTable } from '../../../../src/recompute/recompute-table.ts';
import type { AskedOfWorker, ToldByWorker } from '../../../../src/recompute/worker-messages.ts';
import { normsTable, shownAs } from '../results/norms-table.ts';

/** Tells what a worker tells, without computing anything. */
const startWorker: StartWorker<AskedOfWorker, ToldByWorker> = (_script, onTold) => ({
  post: (asked) => {
    queueMicrotask(() => {
      if (asked.kind === 'read') {
        for (const { sizeBytes } of filesOf([...asked.share.ahead, ...asked.share.replicates]))
          onTold({ kind: 'downloaded', bytes: sizeBytes });
        onTold({ kind: 'verified' });
      }
      if (asked.kind === 'make') onTold({ kind: 'made', outputs: {} });
      if (asked.kind === 'compute') onTold({ kind: 'computed', anew: [] });
      if (asked.kind === 'compare') onTold({ kind: 'compared', figures: [] });
    });
  },
  terminate: () => {},
});

const file = (path: string, sizeBytes: number) => ({ path, sha256: '', sizeBytes });
const stage = (name: string, inputs: RecomputedStage['inputs']): RecomputedStage => ({
  stage: name,
  code: name,
  params: {},
  inputs,
  outputs: {},
});

const replicate = (seed: number): RecomputedReplicate => ({
  seed,
  before: [],
  ...stage(`norms.seed-${seed}`, {
    shared: { out: file('shared', 7) },
    own: { out: file(`own-${seed}`, 100) },
  }),
});

test.each([1, 2, 3])(
  'with %i workers the progress ends at the size that the button told',
  async (processors) => {
    const replicates = [replicate(1), replicate(2), replicate(3)];
    const table = normsTable({ 1: [], 2: [], 3: [] });
    const steps: [number, number][] = [];
    await recomputeTable(
      { worker: 'worker.js', table, presentation: shownAs(table), replicates },
      'https://site/',
      processors,
      startWorker,
      { onDownload: (done, total) => steps.push([done, total]), onCompute: () => {} },
      new AbortController().signal,
    );
    const sizeBytes = sizeOf(filesOf(replicates));
    expect(sizeBytes).toBe(307);
    expect(new Set(steps.map(([, total]) => total))).toEqual(new Set([sizeBytes]));
    expect(steps.at(-1)).toEqual([sizeBytes, sizeBytes]);
    expect(steps.every(([done], at) => done > (steps[at - 1]?.[0] ?? 0))).toBe(true);
  },
);
