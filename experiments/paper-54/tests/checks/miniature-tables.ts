/**
 * The checks' own part of the paper's graph over a miniature of random weights and counts: every analysis that a check reads
 * runs as it is, in this process, and what takes a training is given.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tensor, vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { type Stage, stagesInOrder } from 'reproducible-paper/stage';
import { configFor } from '../../config.ts';
import { statistics } from '../../forms/null-summary.ts';
import { graphOf } from '../../pipeline.ts';
import { plantedTest, plantings } from '../../power/planting.ts';

const [n, nLayers, nHeads, top, vocabSize] = [16, 2, 2, 96, 100];

export const miniatureConfig = () => {
  const quick = configFor('quick', {});
  return {
    ...quick,
    seeds: [1, 2],
    shape: { ...quick.shape, dModel: n, nLayers, nHeads },
    inference: {
      ...quick.inference,
      draws: 30,
      eigenvalueDraws: 10,
      deltas: [0, 3],
      subspace: 4,
    },
  };
};

/** By output name. */
type Files = Readonly<Record<string, string>>;

const gaussian = (stream: string, shape: readonly number[]): Tensor => ({
  dtype: 'F64',
  shape,
  data: seededRandom(1, stream).normals(shape.reduce((a, b) => a * b)),
});

const weightsFile = (path: string, run: string): Files => {
  const layers = Array.from({ length: nLayers }, (_, layer) => [
    [`blocks.${layer}.attn.c_attn.weight`, gaussian(`${run}/${layer}/attn`, [3 * n, n])],
    [`blocks.${layer}.attn.c_proj.weight`, gaussian(`${run}/${layer}/proj`, [n, n])],
    [`blocks.${layer}.ln_1.weight`, vectorTensor('F64', new Float64Array(n).fill(1.25))],
  ]);
  writeSafetensors(
    path,
    { ...Object.fromEntries(layers.flat()), 'wte.weight': gaussian(`${run}/wte`, [vocabSize, n]) },
    {
      nLayers: String(nLayers),
      dModel: String(n),
      nHeads: String(nHeads),
      ropeBase: '10000',
      run,
      seed: run.at(-1)!,
    },
  );
  return { weights: path, init: path };
};

const countsFile = (path: string): Files => {
  const random = seededRandom(2, 'counts');
  const pairs = (): Record<'rows' | 'cols' | 'values', Tensor> => {
    const places = Array.from({ length: top * top }, (_, at) => at).filter(() => random.uniform() < 0.3);
    return {
      rows: vectorTensor(
        'I32',
        Int32Array.from(places, (at) => Math.floor(at / top)),
      ),
      cols: vectorTensor(
        'I32',
        Int32Array.from(places, (at) => at % top),
      ),
      values: vectorTensor(
        'F64',
        Float64Array.from(places, () => 1 + Math.floor(9 * random.uniform())),
      ),
    };
  };
  const named = (name: string): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(pairs()).map(([part, tensor]) => [`${name}.${part}`, tensor]));
  writeSafetensors(
    path,
    {
      top: vectorTensor(
        'I32',
        Int32Array.from({ length: top }, (_, at) => at),
      ),
      unigram: vectorTensor(
        'I32',
        Int32Array.from({ length: vocabSize }, (_, at) => Math.ceil(3000 / (at + 1))),
      ),
      ...named('k2'),
      ...named('top.k2'),
      ...named('top.k3-skip'),
      ...named('top.window'),
    },
    { vocabSize: String(vocabSize), statisticsTokens: '9000' },
  );
  return { counts: path };
};

const imagesFile = (path: string, seed: string): Files => {
  const images = Array.from({ length: nLayers }, (_, layer) => [
    `K_2_attention_weighted.${layer}`,
    gaussian(`attention/${seed}/${layer}`, [n, n]),
  ]);
  writeSafetensors(path, Object.fromEntries(images), { attentionWindows: '1', run: 'v1', seed });
  return { images: path };
};

/** What the positive control returns: no curve that is a line, and of each planting another one. */
const powerFile = (path: string): Files => {
  const rows = plantings.flatMap((planting, at) =>
    statistics.flatMap((statistic) =>
      [0, 0.05, 0.4, 1].map((alpha) => ({
        test: plantedTest(planting, statistic),
        alpha,
        power: alpha > 0.1 ? 1 : 0.5,
        estimate: 0.001 + (0.3 + 0.05 * at) * alpha ** 1.5,
      })),
    ),
  );
  const columns = [
    { id: 'test', unit: null },
    { id: 'alpha', unit: null },
    { id: 'power', unit: '1' },
    { id: 'estimate', unit: '1' },
  ];
  const table = { kind: 'table', id: 'power', run: null, keys: ['test', 'alpha'], columns, rows };
  writeFileSync(path, JSON.stringify({ results: [table] }));
  return { result: path };
};

/** What stands in for a stage that trains, counts or takes minutes; undefined: it runs as it is. */
const givenFor = (name: string, path: string): Files | undefined => {
  const [, what = '', seed = ''] = /^(.*?)(?:\.seed-(\d+))?$/.exec(name) ?? [];
  if (what === 'counts') return countsFile(path);
  if (what === 'power') return powerFile(path);
  if (what === 'attention-views') return imagesFile(path, seed);
  const trained = ['train-v1', 'v1-init', 'ct-init', 'ct-sft'].includes(what);
  return trained || name === 'reduced-shuffled' ? weightsFile(path, `${what}.${seed || 1}`) : undefined;
};

/** A check's stage in the graph. */
export const miniatureCheck = (wanted: string): Stage =>
  stagesInOrder(graphOf(miniatureConfig(), false)).find(({ name }) => name === wanted)!;

/** Files of everything that a check reads, by stage. */
export const miniatureFiles = async (folder: string, check: Stage): Promise<ReadonlyMap<string, Files>> => {
  const made = new Map<string, Files>();
  const make = async ({ name, code, inputs, params }: Stage): Promise<Files> => {
    const before = made.get(name);
    if (before) return before;
    const given = givenFor(name, join(folder, name));
    if (given) {
      made.set(name, given);
      return given;
    }
    const read: Record<string, Files> = {};
    for (const [input, stage] of Object.entries(inputs)) read[input] = await make(stage);
    const scratch = join(folder, `${name}-scratch`);
    mkdirSync(scratch);
    const outputs = Object.fromEntries(
      Object.entries(code.outputs).map(([output, file]) => [output, join(folder, `${name}-${file}`)]),
    );
    await code.run({
      params: code.params.parse(params),
      inputs: read,
      outputs,
      scratch,
      report: () => {},
    } as never);
    made.set(name, outputs);
    return outputs;
  };
  for (const input of Object.values(check.inputs)) await make(input);
  return made;
};

export const bytesOf = (files: ReadonlyMap<string, Files>, stage: string, output: string): Buffer =>
  readFileSync(files.get(stage)![output]!);
