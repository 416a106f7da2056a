/** What each part of ct-init is worth: the kernel, the bigram columns, kappa. Losses of the head alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { defineStage } from 'reproducible-paper/stage';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { crystallizationOptions } from './crystallize.ts';
import { type CtInit, ctInit, ctSpectrum } from './ct-init.ts';
import { finalNormOf, fitGain, samplePairs } from './fit-gain.ts';
import { headLoss } from './head-loss.ts';

const ablationsSchema = z
  .array(
    z.strictObject({
      variant: z.string(),
      kappa: z.number(),
      /** The gain that was fitted. */
      s: z.number(),
      heldOutLossNats: z.number(),
      trainLossNats: z.number(),
    }),
  )
  .min(1);

/** One a variant, the whole embedding first. */
export const readAblations = (path: string): z.output<typeof ablationsSchema> =>
  ablationsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

export const ablateCrystallization = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], counts: ['counts'] },
  outputs: { losses: 'ablated-losses.json' },
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
      return { variant, kappa, s, heldOutLossNats: lossAt(s, heldOut), trainLossNats: lossAt(s, train) };
    };
    const spectrum = ctSpectrum(k2, la, { ...options, width });
    const built = ctInit(spectrum, { ...options, width });
    const ablations = [
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
    ];
    writeFileSync(outputs.losses, JSON.stringify(ablationsSchema.parse(ablations)));
  },
});
