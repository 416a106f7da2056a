import { expect, test } from 'vitest';
import { matrix } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { nativeKernels } from '../../../../src/tensor/native-kernels.ts';
import { residualStreams } from '../../forms/residual-streams.ts';
import { identityShares } from '../../forms/stream-identity.ts';
import { modelShape } from '../../model/model-shape.ts';
import { randomParameters } from '../../model/parameters.ts';
import { naiveLogits } from '../model/naive-gpt.ts';
import { tall } from './hand-made-forms.ts';

const shape = modelShape.parse({ nLayers: 2, dModel: 8, nHeads: 2, contextLength: 5 });
const ids = [
  [1, 4, 4, 9, 0],
  [10, 2, 7, 1, 3],
];

test('the stream before a layer is what a model that ends there hands to its head', () => {
  const parameters = new Map(
    [...randomParameters(shape, 11, 3, 'streams')].map(([name, data]) => [name, data.map((x) => x * 20)]),
  );
  const kernels = nativeKernels();
  const before = kernels.count();
  const seen = new Map<number, Float32Array>();
  residualStreams(kernels, shape, 11, parameters, [Int32Array.from(ids.flat())], (layer, _, stream) => {
    seen.set(layer, stream.slice());
  });
  expect(kernels.count()).toBe(before);
  expect([...seen.keys()]).toEqual([0, 1]);
  const wte = parameters.get('wte.weight')!;
  ids.flat().forEach((id, at) => {
    for (let j = 0; j < 8; j += 1) expect(seen.get(0)![at * 8 + j]).toBe(wte[id * 8 + j]);
  });
  const naive = new Map([...parameters].map(([name, data]) => [name, Float64Array.from(data)]));
  const ended = naiveLogits({ ...shape, nLayers: 1 }, naive, ids[0]!);
  const [gain, bias] = ['weight', 'bias'].map((name) => naive.get(`ln_f.${name}`)!);
  ended.forEach((expected, at) => {
    const x = [...seen.get(1)!.slice(at * 8, (at + 1) * 8)];
    const mean = x.reduce((sum, y) => sum + y, 0) / 8;
    const variance = x.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 8;
    const unit = x.map((y, j) => ((y - mean) / Math.sqrt(variance + 1e-5)) * gain![j]! + bias![j]!);
    expected.forEach((logit, id) => {
      const found = unit.reduce((sum, y, j) => sum + y * wte[id * 8 + j]!, 0);
      // float32 through one layer, logits of order ten.
      expect(Math.abs(found - logit)).toBeLessThan(1e-3);
    });
  });
});

test('a stream that is its tokens is explained whole; one that is none of them, not at all', () => {
  const random = seededRandom(1, 'ids');
  const tokens = Int32Array.from({ length: 400 }, () => random.integer(12));
  const table = tall(12, 6, 1);
  const rows = matrix(
    400,
    6,
    Float64Array.from({ length: 2400 }, (_, at) => table.data[tokens[Math.floor(at / 6)]! * 6 + (at % 6)]!),
  );
  const same = identityShares(rows, rows, tokens, la);
  for (const share of Object.values(same)) expect(share).toBeCloseTo(1, 9);
  const noise = identityShares(tall(400, 6, 9), rows, tokens, la);
  // Shares of noise: their spread over 400 positions is some .01.
  for (const share of Object.values(noise)) expect(Math.abs(share)).toBeLessThan(0.03);
  const turn = la.symmetricEigen(la.multiply(tall(6, 6, 3), tall(6, 6, 3), { transposeB: true })).vectors;
  const turned = identityShares(la.multiply(rows, turn), rows, tokens, la);
  expect(turned['linear-map']).toBeCloseTo(1, 9);
  expect(turned['same-direction']).toBeLessThan(0.5);
});
