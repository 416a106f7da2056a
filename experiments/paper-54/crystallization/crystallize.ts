import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { loadLinearAlgebra } from '../../../src/numerics/load-linear-algebra.ts';
import { vectorTensor, writeSafetensors } from '../../../src/numerics/safetensors.ts';
import { nativeKernels } from '../../../src/tensor/native-kernels.ts';
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

/** Crystallized embeddings: ct-init with its final norm. Our reconstruction. */
export const crystallize = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], counts: ['counts'] },
  outputs: { embeddings: 'embeddings.safetensors' },
  params: z.strictObject({
    width: z.int().min(2),
    options: crystallizationOptions,
    /** How the embeddings are stored, and so used. */
    precision: z.enum(['F16', 'F32']).default('F32'),
  }),
  run: async ({ params: { width, options, precision }, inputs, outputs }) => {
    const counts = readCounts(inputs.counts.counts);
    const kernels = nativeKernels();
    const la = await loadLinearAlgebra();
    const pairs = samplePairs(openTokens(inputs.tokens.tokens).part('train'), options.fitPairs, options.seed);
    const ct = ctInit(ctSpectrum(counts.k2, la, { ...options, width }), {
      ...options,
      width,
    });
    const s = fitGain((gain) => headLoss(kernels, ct.embedding, width, finalNormOf(ct, gain), pairs));
    const { gain, bias } = finalNormOf(ct, s);
    const table = (data: Float64Array) =>
      ({ dtype: precision, shape: [counts.vocabSize, width], data: Float32Array.from(data) }) as const;
    writeSafetensors(
      outputs.embeddings,
      {
        'ct-init.wte.weight': table(ct.embedding),
        'ct-init.ln_f.weight': vectorTensor('F32', Float32Array.from(gain)),
        'ct-init.ln_f.bias': vectorTensor('F32', Float32Array.from(bias)),
        'ct-init.eigenvalues': vectorTensor('F64', ct.eigenvalues),
      },
      { s: String(s), kappa: String(options.kappa), kernel: String(options.kernel) },
    );
  },
});
