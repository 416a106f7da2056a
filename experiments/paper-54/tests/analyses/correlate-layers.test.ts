import { type Matrix, transpose, zeros } from 'reproducible-paper/numerics/matrix';
import { matrixTensor, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { correlateLayers, standardisedLayer } from '../../analyses/correlate-layers.ts';
import { randomLayer } from './hand-made-layers.ts';

const n = 8;
const layer = { ...randomLayer(n, 5), layer: 0 };
const k2 = gaussian(n, 40);
const attention = gaussian(n, 42);
const viewsWith = (named: Readonly<Record<string, Matrix>>): Safetensors => ({
  path: 'views.safetensors',
  metadata: {},
  tensors: new Map(
    Object.entries({
      K_2: k2,
      K_2_T: transpose(k2),
      K_3: layer.v,
      K_3_skip: layer.v,
      EtE: gaussian(n, 41),
      K_window: gaussian(n, 43),
      'K_2_attention_weighted.0': attention,
      ...named,
    }).map(([name, matrix]) => [name, matrixTensor(matrix)]),
  ),
});

/** Pearson r by its definition, entry by entry. */
const naive = (a: Matrix, b: Matrix): number => {
  const mean = (m: Matrix) => m.data.reduce((sum, x) => sum + x, 0) / m.data.length;
  let [ab, aa, bb] = [0, 0, 0];
  a.data.forEach((x, at) => {
    const [da, db] = [x - mean(a), b.data[at]! - mean(b)];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return ab / Math.sqrt(aa * bb);
};

test('every matrix is correlated with every view by the definition', () => {
  const found = correlateLayers([layer], viewsWith({}));
  expect(found.map(({ matrix }) => matrix)).toEqual(['q', 'k', 'v']);
  for (const { matrix, r } of found) {
    // Sums of 64 products in float64.
    expect(r['k2']).toBeCloseTo(naive(layer[matrix], k2), 12);
    expect(r['k2-t']).toBeCloseTo(naive(transpose(layer[matrix]), k2), 12);
    expect(r['k2-attention-t']).toBeCloseTo(naive(layer[matrix], transpose(attention)), 12);
  }
  expect(found[2]?.r['k3']).toBeCloseTo(1, 12);
});

test('a matrix or a view without variation is refused by its name', () => {
  const text = (what: string): string =>
    [
      'ConstantMatrix: a matrix whose entries are all equal correlates with nothing.',
      '  expected entries that vary; received a standard deviation of 0',
      `  in ${what}`,
      '  hint: check the run or the view that the matrix comes from.',
    ].join('\n');
  expect(errorText(() => correlateLayers([{ ...layer, k: zeros(n, n) }], viewsWith({})))).toBe(
    text('K of layer 0'),
  );
  expect(errorText(() => correlateLayers([layer], viewsWith({ K_3: zeros(n, n) })))).toBe(
    text("view 'k3' of the corpus"),
  );
  expect(errorText(() => standardisedLayer({ ...layer, v: zeros(n, n) }, 'v1'))).toBe(
    text('V of layer 0, v1'),
  );
});
