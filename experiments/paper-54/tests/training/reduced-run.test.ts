import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  readSafetensors,
  type Tensor,
  tensorOf,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { afterAll, expect, test } from 'vitest';
import { modelShape } from '../../model/model-shape.ts';
import { parameterTensors, randomParameters, runMetadata } from '../../model/parameters.ts';
import { reducedRun, seedFile, topRowsName } from '../../training/reduced-run.ts';
import { wholeRun } from '../../training/whole-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'reduced-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, `${name}.safetensors`);

const shape = modelShape.parse({ nLayers: 2, dModel: 4, nHeads: 2, contextLength: 4 });
const vocabSize = 5;
const metadata = runMetadata({ ...shape, vocabSize, run: 'v1', seed: 2, steps: 9 });
const tensors = (draw: string): Readonly<Record<string, Tensor>> =>
  parameterTensors(shape, vocabSize, randomParameters(shape, vocabSize, 1, draw));
const context = { scratch: folder, report: () => {} } as const;

const triplets = (name: string): Record<string, Tensor> => ({
  [`${name}.rows`]: vectorTensor('I32', Int32Array.of(0)),
  [`${name}.cols`]: vectorTensor('I32', Int32Array.of(1)),
  [`${name}.values`]: vectorTensor('F64', Float64Array.of(1)),
});
writeSafetensors(
  path('counts'),
  {
    unigram: vectorTensor('I32', Int32Array.of(1, 5, 2, 4, 3)),
    top: vectorTensor('I32', Int32Array.of(1, 3, 4)),
    ...triplets('k2'),
    ...triplets('top.k2'),
    ...triplets('top.k3-skip'),
    ...triplets('top.window'),
  },
  { vocabSize: '5', statisticsTokens: '15' },
);

const reduce = async (name: string, kept: Readonly<Record<string, Tensor>>) => {
  writeSafetensors(path(name), kept, metadata);
  await reducedRun.run({
    ...context,
    params: { parts: ['attn.c_attn'] },
    inputs: { counts: { counts: path('counts') }, trained: { weights: path(name) } },
    outputs: { weights: path(`${name}-reduced`) },
  });
  return readSafetensors(path(`${name}-reduced`));
};

test("a reduced run holds attention weights and the top tokens' rows, in the order of the top tokens", async () => {
  const whole = tensors('a');
  const reduced = await reduce('v1', whole);
  expect([...reduced.tensors.keys()].toSorted()).toEqual([
    ...[0, 1].flatMap((l) => [`blocks.${l}.attn.c_attn.bias`, `blocks.${l}.attn.c_attn.weight`]),
    topRowsName,
  ]);
  expect(tensorOf(reduced, 'blocks.1.attn.c_attn.weight').data).toEqual(
    whole['blocks.1.attn.c_attn.weight']!.data,
  );
  const rows = [1, 3, 4].flatMap((id) => [...whole['wte.weight']!.data.slice(id * 4, id * 4 + 4)]);
  expect([...tensorOf(reduced, topRowsName).data]).toEqual(rows);
  expect(reduced.metadata).toEqual(metadata);
});

test('a run whose embedding is frozen is reduced to its attention weights', async () => {
  const { 'wte.weight': _, ...trained } = tensors('a');
  expect((await reduce('ct-sft', trained)).tensors.has(topRowsName)).toBe(false);
});

test("a seed's file is its reduced weights with its images", async () => {
  const image: Tensor = { dtype: 'F32', shape: [1, 2], data: Float32Array.of(3, 4) };
  writeSafetensors(path('images'), { 'K_2_attention_weighted.0': image });
  await seedFile.run({
    ...context,
    params: {},
    inputs: { reduced: { weights: path('v1-reduced') }, attention: { images: path('images') } },
    outputs: { weights: path('seed') },
  });
  const file = readSafetensors(path('seed'));
  expect(tensorOf(file, 'K_2_attention_weighted.0')).toEqual(image);
  expect(file.tensors.has(topRowsName)).toBe(true);
  expect(file.metadata).toEqual(metadata);
});

test('a whole run is what was trained, and its init where nothing was, stored alike', async () => {
  const half = (of: Readonly<Record<string, Tensor>>): Record<string, Tensor> =>
    Object.fromEntries(
      Object.entries(of).map(([name, tensor]) => [name, { ...tensor, dtype: 'F16' as const }]),
    );
  const { 'wte.weight': _, ...trained } = half(tensors('a'));
  writeSafetensors(path('trained'), trained, metadata);
  writeSafetensors(path('init'), tensors('b'));
  await wholeRun.run({
    ...context,
    params: {},
    inputs: { trained: { weights: path('trained') }, init: { init: path('init') } },
    outputs: { weights: path('whole') },
  });
  const whole = readSafetensors(path('whole'));
  expect([...whole.tensors.keys()].toSorted()).toEqual(Object.keys(tensors('b')).toSorted());
  expect(new Set([...whole.tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  expect(tensorOf(whole, 'blocks.0.mlp.c_fc.weight')).toEqual(
    tensorOf(readSafetensors(path('trained')), 'blocks.0.mlp.c_fc.weight'),
  );
  const wte = tensors('b')['wte.weight']!.data;
  // Eleven bits of mantissa.
  for (const [at, x] of tensorOf(whole, 'wte.weight').data.entries())
    expect(Math.abs(x - wte[at]!)).toBeLessThanOrEqual(2 ** -11 * Math.abs(wte[at]!) + 2 ** -25);
});
