/**
 * Times the build as a new user meets it: a bare clone in another folder to `dist`, the same again, and after
 * one changed sentence. Each row stands against the figure that the project promises for two cores.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import type { BenchRow } from './bench-results.ts';

interface Provenance {
  readonly stages: Readonly<Record<string, { readonly durationMs: number; readonly definition: string }>>;
}

const promised = {
  'clone-to-dist': { value: 360, unit: 's' },
  training: { value: 180, unit: 's' },
  'unchanged-rebuild': { value: 12, unit: 's' },
  'unchanged-rebuild-stages': { value: 0, unit: 'stages' },
  'prose-change-stages': { value: 0, unit: 'stages' },
  analyses: { value: 40, unit: 's' },
  'page-javascript': { value: 30_000, unit: 'bytes' },
} as const;

const row = (id: keyof typeof promised, value: number): BenchRow => ({
  id,
  value,
  unit: promised[id].unit,
  peer: 'the figure promised',
  peerValue: promised[id].value,
  ratio: promised[id].value === 0 ? null : value / promised[id].value,
  runs: 1,
});
