import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { afterAll, expect, test } from 'vitest';
import { poseInSpaces, writeFormSpaces } from '../../forms/form-spaces.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'form-spaces-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what is posed in the spaces that were written is the problem that they are of, to the last bit', () => {
  const { problem } = miniatureProblem(la);
  const layers = problem.posed.map(([qk, ov], layer) => ({ layer, qk: qk!.factors, ov: ov!.factors }));
  const { deltas } = problem.posed[0]![0]!.setting;
  const path = join(folder, 'spaces');
  writeFormSpaces(path, problem, 'miniature');
  const file = readSafetensors(path);
  expect(poseInSpaces(file, layers, deltas)).toEqual(problem);
  expect(file.metadata['run']).toBe('miniature');
});
