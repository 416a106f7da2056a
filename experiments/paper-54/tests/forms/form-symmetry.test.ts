import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Matrix as Dense } from 'ml-matrix';
import { matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { expect, test } from 'vitest';
import { formProblem } from '../../forms/form-problem.ts';
import { observedRho, readSymmetryNulls } from '../../forms/form-symmetry.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { frequenciesOf, randomFactors, sparseView, tall } from './hand-made-forms.ts';
import { naiveScores, rawFunctions, residualMaker } from './naive-forms.ts';

const [n, nHeads, tokens] = [8, 2, 40];
const binRule = { ratio: 1.5, tokens: 4 };

test('rho is that of dense scores, with frequency projected out of both sides', () => {
  const e = tall(tokens, n, 1);
  const factors = randomFactors(n, nHeads, 5);
  const frequencies = frequenciesOf(tokens);
  const problem = formProblem(
    { topK2: sparseView(tokens, 2), topK3Skip: sparseView(tokens, 3), frequencies },
    { embedding: e, attended: () => tall(n, n, 4) },
    [{ layer: 0, qk: factors, ov: factors }],
    [0],
    binRule,
    la,
  );
  const residual = residualMaker(rawFunctions(frequencies, problem.bins));
  const scores = [0, 1].map((head) => naiveScores(e, factors, head, 0));
  const rhoOf = (s: Dense): number => Dense.mul(s, s.transpose()).sum() / s.norm() ** 2;
  const all = [...scores, Dense.add(scores[0]!, scores[1]!)];
  const [free] = observedRho(problem, problem.free, la);
  const [whole] = observedRho(problem, problem.whole, la);
  all.forEach((s, head) => {
    // Least squares by normal equations on one side.
    expect(free![head]!).toBeCloseTo(rhoOf(residual.mmul(s).mmul(residual)), 7);
    expect(whole![head]!).toBeCloseTo(rhoOf(s), 10);
  });
});

test('draws of other weights are refused by name', () => {
  const { problem } = miniatureProblem(la);
  const folder = mkdtempSync(join(tmpdir(), 'symmetry-'));
  try {
    const path = join(folder, 'nulls.safetensors');
    const count = problem.posed.length * (problem.nHeads + 1);
    writeSafetensors(
      path,
      { rho: { dtype: 'F64', shape: [count], data: new Float64Array(count).fill(2) } },
      { draws: '1' },
    );
    expect(() => readSymmetryNulls(path, problem, { seed: 1, run: 'miniature' }, la)).toThrow(
      expect.objectContaining({
        name: 'KeptDiffers',
        message: 'the first draw of rho, layer 0, head 0, made again, is not what symmetry-nulls kept.',
        details: [expect.stringMatching(/^expected 2 within 0\.000001; received -?0\.\d+$/)],
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a symmetric form has a rho of one, and turning it once on both sides leaves it', () => {
  const { problem } = miniatureProblem(la);
  const { factors } = problem.posed[0]![0]!;
  const same = { ...factors, right: matrix(8, 8, factors.left.data) };
  const symmetric = { ...problem, posed: [[{ ...problem.posed[0]![0]!, factors: same }]] };
  for (const rho of observedRho(symmetric, problem.free, la)[0]!) expect(rho).toBeCloseTo(1, 10);
});
