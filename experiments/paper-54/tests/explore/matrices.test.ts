import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, type Matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { readSafetensors, type Tensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { afterAll, expect, test, vi } from 'vitest';
import { asymmetryTable } from '../../analyses/asymmetry.ts';
import { lowRankFormTable, lowRankKernelTable } from '../../analyses/low-rank-kernel.ts';
import { valueCrescendoTable } from '../../analyses/value-crescendo.ts';
import { exploredMatrix } from '../../explore/explored-matrix.ts';
import { matrices } from '../../explore/matrices.ts';
import { attentionWeightsOf } from '../../model/attention-weights.ts';

const folder = mkdtempSync(join(tmpdir(), 'matrices-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});
vi.stubEnv('PAPER_BACKEND', 'js');

const n = 32;
const tensor = (rows: number): Tensor => {
  const random = seededRandom(2, `rows/${rows}`);
  return {
    dtype: 'F32',
    shape: [rows, n],
    data: Float32Array.from({ length: rows * n }, () => random.normal()),
  };
};
const file = (name: string, hasOutput: boolean): string => {
  const path = join(folder, name);
  writeSafetensors(
    path,
    {
      'blocks.0.attn.c_attn.weight': tensor(3 * n),
      ...(hasOutput ? { 'blocks.0.attn.c_proj.weight': tensor(n) } : {}),
    },
    { nLayers: '1', nHeads: '2', run: 'v1' },
  );
  return path;
};
const whole = file('whole.safetensors', true);
const { controls, show } = await matrices.open({ weights: whole });
const layer = attentionWeightsOf(readSafetensors(whole))[0]!;

const figuresOf = async (matrix: string, head = 'all') => {
  const view = (await show({ matrix, layer: '0', head })).find(({ kind }) => kind === 'figures');
  return new Map((view?.kind === 'figures' ? view.figures : []).map((figure) => [figure.label, figure]));
};

test('figures are those of the tables, and lead to their rows', async () => {
  const form = await figuresOf('form');
  const table = lowRankFormTable.figures(layer, la);
  expect(form.get('effective rank')).toEqual({
    label: 'effective rank',
    value: table['effective-rank'],
    place: { table: 'low-rank-form', row: 'layer-0' },
  });
  expect(form.get('entropy rank')?.value).toBe(table['entropy-rank']);
  expect(form.get('asymmetry, ratio')?.value).toBe(asymmetryTable.figures(layer, la)['ratio']);
  expect((await figuresOf('kernel')).get('effective rank')?.value).toBe(
    lowRankKernelTable.figures(layer, la)['effective-rank'],
  );
  expect((await figuresOf('v')).get('Frobenius norm')?.value).toBe(
    valueCrescendoTable.figures(layer, la)['v-norm'],
  );
  expect((await figuresOf('form', '1')).get('asymmetry, rho')?.place).toEqual({
    table: 'asymmetry-by-head',
    row: 'layer-0-head-1',
  });
});

test.each(['form', 'copying'] as const)('the heads of %s sum to the whole', (name) => {
  const weights = readSafetensors(whole);
  const of = (head?: number): Matrix => exploredMatrix(weights, layer, name, head, la).whole;
  const [sum, all] = [add(of(0), of(1)), of()];
  // Sums of 32 products of numbers near 1, in another order.
  for (const [at, value] of sum.data.entries()) expect(value).toBeCloseTo(all.data[at]!, 10);
});

test('a spectrum has as many values as its rank, beside a law of the same sum of squares', async () => {
  for (const [matrix, head, rank] of [
    ['q', 'all', n],
    ['q', '0', n / 2],
    ['form', '0', n / 2],
    ['copying', 'all', n],
  ] as const) {
    const view = (await show({ matrix, layer: '0', head })).find(({ kind }) => kind === 'lines');
    const [own, law] = view?.kind === 'lines' ? view.lines.map(({ values }) => values) : [];
    const energy = (sigma: Float64Array): number => sigma.reduce((sum, x) => sum + x * x, 0);
    expect([own!.length, law!.length]).toEqual([rank, rank]);
    expect(energy(law!) / energy(own!)).toBeCloseTo(1, 9);
  }
});

test('what a reduced file does not hold is not offered, and said', async () => {
  const offered = (of: typeof controls): readonly string[] =>
    of
      .flatMap((control) => (control.id === 'matrix' && control.kind === 'choice' ? control.choices : []))
      .map(({ value }) => value);
  expect(offered(controls)).toContain('copying');
  const reduced = await matrices.open({ weights: file('reduced.safetensors', false) });
  expect(offered(reduced.controls)).toEqual(['q', 'k', 'v', 'form', 'kernel']);
  expect((await reduced.show({ matrix: 'q', layer: '0', head: 'all' }))[0]).toMatchObject({
    kind: 'words',
    title: 'Not in this file',
  });
});
