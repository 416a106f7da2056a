import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { type Tensor, vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { afterAll, expect, test } from 'vitest';
import { withObserved } from '../../forms/form-found.ts';
import { drawNull, formNullNames, observedCosines } from '../../forms/form-nulls.ts';
import { miniatureProblem } from '../../forms/miniature-problem.ts';
import { cellFigures, type Observed, statistics, summariseDraws } from '../../forms/null-summary.ts';
import { readFormNulls } from '../../forms/read-form-nulls.ts';

const folder = mkdtempSync(join(tmpdir(), 'form-found-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { problem, counts } = miniatureProblem(la);
const observed = observedCosines(problem, la);
const draws = 3;
const shape = [problem.posed.length, problem.tests.length, problem.nHeads + 1];

/** As `formNulls` keeps it. */
const keep = (name: string, cosines: Observed): string => {
  const path = join(folder, name);
  const of = (dtype: 'F32' | 'F64', dims: readonly number[], data: Float64Array): Tensor => ({
    dtype,
    shape: dims,
    data: dtype === 'F32' ? Float32Array.from(data) : data,
  });
  const nulls = formNullNames.map((kind) => {
    const drawn = drawNull(kind, problem, counts, { draws, seed: 1, run: 'miniature' }, la);
    const { cells, pooled } = summariseDraws(cosines, drawn);
    return {
      [`${kind}.cells`]: of('F64', [...shape, cellFigures.length], cells),
      [`${kind}.pooled`]: of('F32', [problem.tests.length, statistics.length, 1 + draws], pooled),
    };
  });
  const flat = Float64Array.from(cosines.flatMap((layer) => layer.flatMap((x) => Array.from(x))));
  writeSafetensors(
    path,
    Object.assign(
      {
        observed: of('F64', shape, flat),
        carried: vectorTensor('F64', new Float64Array(problem.tests.length)),
      },
      ...nulls,
    ),
    { draws: String(draws) },
  );
  return path;
};

test('what is observed takes the place of what was kept, and draws stay', () => {
  const right = readFormNulls(keep('right', observed));
  const wrong = keep(
    'wrong',
    observed.map((layer) => layer.map((x) => Float64Array.from(x, (cosine) => cosine + 0.25))),
  );
  expect(readFormNulls(wrong).observed(1, 0, 0)).not.toBeCloseTo(right.observed(1, 0, 0), 2);
  const path = join(folder, 'found');
  writeSafetensors(path, withObserved(wrong, observed), { draws: String(draws) });
  const found = readFormNulls(path);
  for (const at of problem.tests.keys()) {
    expect(found.observed(1, at, problem.nHeads)).toBe(right.observed(1, at, problem.nHeads));
    for (const name of formNullNames) {
      for (const statistic of statistics) {
        expect(found.pooled(name, at, statistic)).toEqual(right.pooled(name, at, statistic));
      }
    }
  }
});
