import { float32Of, type Safetensors, type Tensor, tensorOf } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { PaperError } from 'reproducible-paper/stage';
import type { ModelShape } from './model-shape.ts';

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Standard deviation at random init; 0 for biases, null for gains, which start at one. */
  readonly initSd: number | null;
}

/** Standard deviation of the random init, N(0, 0.02^2) (Radford et al. 2019). */
const initSd = 0.02;

/**
 * Every parameter of PhotonicGPT, in order: a pre-norm decoder with biases and a tied head. Linear weights are
 * [out, in]; c_attn's rows are Q, then K, then V.
 */
export const parameterSpecs = (
  { nLayers, dModel: n }: ModelShape,
  vocabSize: number,
): readonly ParameterSpec[] => {
  // Each layer adds twice to the residual stream: this keeps its variance at init.
  const residualSd = initSd / Math.sqrt(2 * nLayers);
  const norm = (name: string): ParameterSpec[] => [
    { name: `${name}.weight`, shape: [n], initSd: null },
    { name: `${name}.bias`, shape: [n], initSd: 0 },
  ];
  const linear = (name: string, out: number, width: number, sd: number): ParameterSpec[] => [
    { name: `${name}.weight`, shape: [out, width], initSd: sd },
    { name: `${name}.bias`, shape: [out], initSd: 0 },
  ];
  const block = (layer: number): ParameterSpec[] => {
    const at = `blocks.${layer}`;
    return [
      ...norm(`${at}.ln_1`),
      ...linear(`${at}.attn.c_attn`, 3 * n, n, initSd),
      ...linear(`${at}.attn.c_proj`, n, n, residualSd),
      ...norm(`${at}.ln_2`),
      ...linear(`${at}.mlp.c_fc`, 4 * n, n, initSd),
      ...linear(`${at}.mlp.c_proj`, n, 4 * n, residualSd),
    ];
  };
  return [
    { name: 'wte.weight', shape: [vocabSize, n], initSd },
    ...Array.from({ length: nLayers }, (_, layer) => block(layer)).flat(),
    ...norm('ln_f'),
  ];
};

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

export const parameterCount = (shape: ModelShape, vocabSize: number): number =>
  parameterSpecs(shape, vocabSize).reduce((sum, spec) => sum + sizeOf(spec.shape), 0);

/** A parameter's name -> its numbers. */
export type Parameters = ReadonlyMap<string, Float32Array>;

/**
 * Each parameter from a random stream of its own, so that a wider vocabulary leaves the layers as they were.
 *
 * @param run names the draw: two runs of one seed start from different matrices of the same family
 */
export const randomParameters = (
  shape: ModelShape,
  vocabSize: number,
  seed: number,
  run: string,
): Parameters =>
  new Map(
    parameterSpecs(shape, vocabSize).map(({ name, shape: dims, initSd: sd }) => {
      const data = new Float32Array(sizeOf(dims));
      if (sd === null) return [name, data.fill(1)];
      if (sd === 0) return [name, data];
      const random = seededRandom(seed, `${run}/init/${name}`);
      for (let at = 0; at < data.length; at += 1) data[at] = sd * random.normal();
      return [name, data];
    }),
  );

/** What a weights file says of its run before any training. */
export const initMetadata = (
  run: string,
  shape: ModelShape,
  vocabSize: number,
  seed: number,
): Readonly<Record<string, string>> => runMetadata({ ...shape, vocabSize, run, seed, steps: 0 });

/** In the order in which a file holds them, whatever the order of the parameters that a stage was given. */
const metadataNames = [
  'nLayers',
  'dModel',
  'nHeads',
  'contextLength',
  'ropeBase',
  'vocabSize',
  'run',
  'seed',
  'steps',
] as const;

/** A safetensors file's metadata holds text alone. */
export const runMetadata = (
  values: ModelShape & {
    readonly vocabSize: number;
    readonly run: string;
    readonly seed: number;
    readonly steps: number;
  },
): Readonly<Record<string, string>> =>
  Object.fromEntries(metadataNames.map((name) => [name, String(values[name])]));

export const parameterTensors = (
  shape: ModelShape,
  vocabSize: number,
  parameters: Parameters,
): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(
    parameterSpecs(shape, vocabSize).map(({ name, shape: dims }) => {
      const data = parameters.get(name);
      if (!data) throw new Error(`internal: no values for parameter ${name}`);
      return [name, { dtype: 'F32', shape: dims, data } as const];
    }),
  );

/**
 * A run's parameters from its weights file.
 *
 * @throws TensorMissing, BadSafetensors, or WeightsOfAnotherShape naming the parameter and both shapes
 */
export const readParameters = (file: Safetensors, shape: ModelShape, vocabSize: number): Parameters =>
  new Map(
    parameterSpecs(shape, vocabSize).map(({ name, shape: expected }) => {
      const { shape: received } = tensorOf(file, name);
      if (received.join() !== expected.join()) {
        throw new PaperError(
          'WeightsOfAnotherShape',
          `the weights in ${file.path} are of a model of another shape.`,
          {
            details: [`${name}: expected [${expected.join(', ')}]; received [${received.join(', ')}]`],
            hint: 'use the weights that were trained with this configuration, or train them again.',
          },
        );
      }
      return [name, float32Of(file, name)];
    }),
  );
