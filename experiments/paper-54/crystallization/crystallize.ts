import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import {
  defineStage,
  type Outputs,
  type StageContext,
  sha256,
  type WitnessDefinition,
} from 'reproducible-paper/stage';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { ctInit, ctSpectrum } from './ct-init.ts';
import { finalNormOf, fitGain, samplePairs } from './fit-gain.ts';
import { headLoss } from './head-loss.ts';

/** Options of the crystallized embedding that ablations vary, with what fitting it needs. */
export const crystallizationOptions = z.strictObject({
  /** Pseudo-count of the mixture of unigram and bigram: larger leans to the unigram. */
  kappa: z.number().positive().default(20),
  /** Whether the Moebius kernel is applied along the columns. */
  kernel: z.boolean().default(true),
  /** Root mean square of the embedding's entries: that of a random init. */
  rms: z.number().positive().default(0.02),
  /** Neighbouring tokens of training text on which the gain is fitted. */
  fitPairs: z.int().positive().default(8192),
  /** Seed of the eigenvectors' start and of the drawn pairs. */
  seed: z.int().default(1),
});

const crystallizeParams = z.strictObject({
  width: z.int().min(2),
  options: crystallizationOptions,
  /** How the embeddings are stored, and so used. */
  precision: z.enum(['F16', 'F32']).default('F32'),
});

const crystallizeInputs = { tokens: ['tokens'], counts: ['counts'] } as const;

/** The embedding, the gain that was fitted to it, and the final norm that both make. */
const crystallized = async ({
  params: { width, options },
  inputs,
}: Pick<
  StageContext<typeof crystallizeInputs, Outputs, z.output<typeof crystallizeParams>>,
  'params' | 'inputs'
>) => {
  const counts = readCounts(inputs.counts.counts);
  const kernels = nativeKernels();
  const la = await loadLinearAlgebra();
  const pairs = samplePairs(openTokens(inputs.tokens.tokens).part('train'), options.fitPairs, options.seed);
  const ct = ctInit(ctSpectrum(counts.k2, la, { ...options, width }), { ...options, width });
  const s = fitGain((gain) => headLoss(kernels, ct.embedding, width, finalNormOf(ct, gain), pairs));
  return { ct, s, norm: finalNormOf(ct, s), vocabSize: counts.vocabSize };
};

/** So many sums of the embedding's entries over random signs: each sees every entry. */
const nSketches = 16;

/** What the embedding looks like from random directions, divided by its norm. */
const sketches = (entries: Float64Array): Readonly<Record<string, number>> => {
  const norm = Math.sqrt(entries.reduce((sum, x) => sum + x * x, 0));
  return Object.fromEntries(
    Array.from({ length: nSketches }, (_, at) => {
      const random = seededRandom(at, 'crystallize/sketch');
      const sum = entries.reduce((total, x) => total + (random.uniform() < 0.5 ? x : -x), 0);
      return [`sketch-${at}`, sum / norm];
    }),
  );
};

/** The whole of it takes a minute: its witness is all that it does, seen from random directions. */
const crystallizeWitness: WitnessDefinition<typeof crystallizeInputs, z.output<typeof crystallizeParams>> = {
  parts: {
    embedding: {
      needsInputs: true,
      run: async (context) => {
        const { ct, s, norm, vocabSize } = await crystallized(context);
        const { eigenvalues } = ct;
        return [
          {
            at: 'end',
            numbers: {
              gain: s,
              'log-norm': Math.log(Math.sqrt(ct.embedding.reduce((sum, x) => sum + x * x, 0))),
              'first-eigenvalue': eigenvalues[0]!,
              'last-eigenvalue': eigenvalues.at(-1)!,
              'bias-norm': Math.sqrt(norm.bias.reduce((sum, x) => sum + x * x, 0)),
              ...sketches(ct.embedding),
            },
            digests: { embedding: sha256(new Uint8Array(ct.embedding.buffer)) },
            exact: { shape: `${vocabSize} x ${context.params.width}` },
          },
        ];
      },
    },
  },
  // Another library's symmetric eigenproblems moved none of these by as much.
  tolerance: Object.fromEntries(
    [
      'gain',
      'log-norm',
      'first-eigenvalue',
      'last-eigenvalue',
      'bias-norm',
      ...Array.from({ length: nSketches }, (_, at) => `sketch-${at}`),
    ].map((name) => [name, 1e-6]),
  ),
};

/** Crystallized embeddings: ct-init with its final norm. Our reconstruction. */
export const crystallize = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: crystallizeInputs,
  outputs: { embeddings: 'embeddings.safetensors' },
  params: crystallizeParams,
  run: async ({ params, inputs, outputs }) => {
    const { width, options, precision } = params;
    const { ct, s, norm, vocabSize } = await crystallized({ params, inputs });
    const table = (data: Float64Array) =>
      ({ dtype: precision, shape: [vocabSize, width], data: Float32Array.from(data) }) as const;
    writeSafetensors(
      outputs.embeddings,
      {
        'ct-init.wte.weight': table(ct.embedding),
        'ct-init.ln_f.weight': vectorTensor('F32', Float32Array.from(norm.gain)),
        'ct-init.ln_f.bias': vectorTensor('F32', Float32Array.from(norm.bias)),
        'ct-init.eigenvalues': vectorTensor('F64', ct.eigenvalues),
      },
      { s: String(s), kappa: String(options.kappa), kernel: String(options.kernel) },
    );
  },
  witness: crystallizeWitness,
});
