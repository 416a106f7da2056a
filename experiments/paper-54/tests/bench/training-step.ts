/**
 * One training step of the paper's size against the same model in PyTorch, eager and compiled: as it is shipped,
 * and at its best. On AMD, MKL takes slower kernels unless its check of the processor is lifted.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { mallocSettings } from '../../../../scripts/malloc-settings.mjs';
import type { Bench, BenchRow } from '../../../../tests/bench/bench-row.ts';
import { pairedRuns } from '../../../../tests/bench/paired-runs.ts';
import { startPythonPeer } from '../../../../tests/bench/python-peers.ts';
import type { TimedProcess } from '../../../../tests/bench/timed-process.ts';
import { paperSize, startOurTraining, threads } from './training-size.ts';

const stepsARun = 3;
/** Ours and compiled PyTorch at its best are nearer than one run's noise. */
const pairs = 15;

const stepsOf =
  (process: TimedProcess, about: Readonly<Record<string, unknown>> = {}) =>
  async (): Promise<number> => {
    const { milliseconds } = await process.ask('steps', { size: paperSize, steps: stepsARun, ...about });
    return milliseconds / stepsARun;
  };

/** A library that answers MKL's question for the processor's maker. */
const liftedCheck = async (folder: string): Promise<string> => {
  const source = join(folder, 'intel.c');
  const library = join(folder, 'intel.so');
  writeFileSync(source, 'int mkl_serv_intel_cpu_true(void) { return 1; }\n');
  await execa('g++', ['-x', 'c', '-shared', '-fPIC', '-o', library, source]);
  return library;
};

interface Peer {
  readonly suffix: string;
  readonly words: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly atMost: { readonly eager: number; readonly compiled: number };
}

const rowsAgainst = async ({ suffix, words, environment, atMost }: Peer): Promise<readonly BenchRow[]> => {
  const ours = startOurTraining();
  const theirs = await startPythonPeer(import.meta.dirname, 'torch_peer.py', threads, environment);
  try {
    const rows: BenchRow[] = [];
    for (const mode of ['eager', 'compiled'] as const) {
      const measured = await pairedRuns(
        stepsOf(ours),
        stepsOf(theirs, { compiled: mode === 'compiled' }),
        pairs,
      );
      rows.push({
        id: `training-step-vs-pytorch-${mode}${suffix}`,
        ...measured,
        unit: 'ms',
        peer: `PyTorch, ${mode}, ${words}`,
        atMost: atMost[mode],
      });
    }
    return rows;
  } finally {
    await Promise.all([ours.end(), theirs.end()]);
  }
};

export const trainingStepBench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const shipped = await rowsAgainst({
      suffix: '',
      words: 'as shipped',
      environment: {},
      atMost: { eager: 0.8, compiled: 0.9 },
    });
    const best = await rowsAgainst({
      suffix: '-at-its-best',
      words: "our malloc settings, MKL's processor check lifted",
      environment: { ...mallocSettings, LD_PRELOAD: await liftedCheck(folder) },
      atMost: { eager: 1, compiled: 1 },
    });
    return [...shipped, ...best];
  } finally {
    rmSync(folder, { recursive: true });
  }
};
