/** What each part of ct-init is worth: the kernel, the bigram columns, kappa. Losses of the head alone. */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import { loadLinearAlgebra } from '../../../src/numerics/load-linear-algebra.ts';
import { nativeKernels } from '../../../src/tensor/native-kernels.ts';
import { fixed, numberColumn, wordColumn, writeResults } from '../analyses/result-file.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { crystallizationOptions } from './crystallize.ts';
import { type CtInit, ctInit, ctSpectrum } from './ct-init.ts';
import { finalNormOf, fitGain, samplePairs } from './fit-gain.ts';
import { headLoss } from './head-loss.ts';

/** Variant id -> as the page prints it. */
const wordsOf = (kappas: readonly number[]) => ({
  'as-built': 'as built',
  'kernel-off': 'without the kernel',
  'unigram-alone': 'token frequencies alone',
  ...Object.fromEntries(kappas.map((kappa) => [`kappa-${kappa}`, `κ = ${kappa}`])),
});

export const ablateCrystallization = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], counts: ['counts'] },
  outputs: { result: 'crystallization-ablations.json' },
  params: z.strictObject({
    width: z.int().min(2),
    options: crystallizationOptions,
    /** Other pseudo-counts than the one that is used. */
    kappas: z.array(z.number().positive()).default([5, 80]),
  }),
  run: async ({ params: { width, options, kappas }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const kernels = nativeKernels();
    const { k2 } = readCounts(inputs.counts.counts);
    const { part } = openTokens(inputs.tokens.tokens);
    const pairsOf = (text: 'train' | 'heldOut') => samplePairs(part(text), options.fitPairs, options.seed);
    const [train, heldOut] = [pairsOf('train'), pairsOf('heldOut')];
    const row = (variant: string, kappa: number, ct: CtInit, fixedGain?: number) => {
      const lossAt = (s: number, pairs: typeof train) =>
        headLoss(kernels, ct.embedding, width, finalNormOf(ct, s), pairs);
      const s = fixedGain ?? fitGain((gain) => lossAt(gain, train));
      return { variant, kappa, s, loss: lossAt(s, heldOut), 'train-loss': lossAt(s, train) };
    };
    const spectrum = ctSpectrum(k2, la, { ...options, width });
    const built = ctInit(spectrum, { ...options, width });
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'crystallization-ablations',
          run: 'ct-init, head alone',
          columns: [
            wordColumn('variant', 'variant', wordsOf(kappas)),
            numberColumn('kappa', '$\\kappa$', fixed(0)),
            numberColumn('s', '$s$', fixed(2)),
            numberColumn('loss', 'loss, held out', fixed(3), 'nats/token'),
            numberColumn('train-loss', 'loss, training text', fixed(3), 'nats/token'),
          ],
          rows: [
            row('as-built', options.kappa, built),
            row('kernel-off', options.kappa, ctInit(spectrum, { ...options, kernel: false, width })),
            row('unigram-alone', options.kappa, built, 0),
            ...kappas.map((kappa) =>
              row(
                `kappa-${kappa}`,
                kappa,
                ctInit(ctSpectrum(k2, la, { ...options, kappa, width }), { ...options, width }),
              ),
            ),
          ],
          nullModel: null,
        },
      ],
    });
  },
});
