/** What the formula with the series' kernels predicts: losses of the head alone, its gain fitted as ct-init's is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { circularConvolution } from 'reproducible-paper/numerics/circular-convolution';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { sparseTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { defineStage } from 'reproducible-paper/stage';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { parseKernels } from '../series/kernel-rows.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { fitGain, samplePairs } from './fit-gain.ts';
import { headLoss } from './head-loss.ts';
import { circulantEmbedding, gramRow } from './literal-embedding.ts';

export const literalLossesSchema = z
  .array(
    z.strictObject({
      variant: z.string(),
      /** Tokens that have a row that is not zero. */
      tokens: z.int().positive(),
      s: z.number(),
      heldOutLossNats: z.number(),
      trainLossNats: z.number(),
    }),
  )
  .min(1);

export const literalLosses = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], counts: ['counts'], v1: ['weights'], kernel: ['kernels'] },
  outputs: { losses: 'literal-losses.json' },
  params: z.strictObject({
    /** Neighbouring tokens on which the gain is fitted, and as many on which losses are measured. */
    pairs: z.int().positive().default(1024),
    seed: z.int().nonnegative(),
    /** The embedding's root mean square, as every other's. */
    rms: z.number().positive(),
  }),
  run: ({ params: { pairs, seed, rms }, inputs, outputs, report }) => {
    const kernels = nativeKernels();
    const { part } = openTokens(inputs.tokens.tokens);
    const [train, heldOut] = (['train', 'heldOut'] as const).map((text) =>
      samplePairs(part(text), pairs, seed),
    );
    const wte = matrixOf(readSafetensors(inputs.v1.weights), 'wte.weight');
    const { cols: width, rows: vocab } = wte;
    const { top, topK2 } = readCounts(inputs.counts.counts);
    const rules = parseKernels(readFileSync(inputs.kernel.kernels, 'utf8'));
    /** Wrapped diagonals of D = log(1 + K_2 + K_2^T) over the first tokens; of a sum, both orders of a pair. */
    const diagonals = (tokens: number): Float64Array => {
      const sums = new Map<number, number>();
      const { rows, cols, values } = sparseTriplets(topK2);
      values.forEach((value, at) => {
        const [a, b] = [rows[at]!, cols[at]!];
        if (a >= tokens || b >= tokens) return;
        for (const place of [a * tokens + b, b * tokens + a]) sums.set(place, (sums.get(place) ?? 0) + value);
      });
      const d = new Float64Array(tokens);
      for (const [place, count] of sums) {
        d[((place % tokens) - Math.floor(place / tokens) + tokens) % tokens]! += Math.log1p(count);
      }
      return d;
    };
    const ofRule = (name: string) => {
      const k = Float64Array.from(rules[name]!);
      const found = circulantEmbedding(circularConvolution(diagonals(k.length), k), width);
      const data = new Float64Array(vocab * width);
      for (let place = 0; place < k.length; place += 1) {
        data.set(found.data.subarray(place * width, (place + 1) * width), top[place]! * width);
      }
      return { data, tokens: k.length };
    };
    const embeddings = {
      'ct-literal-measured': () => ({ data: circulantEmbedding(gramRow(wte), width).data, tokens: vocab }),
      'ct-literal-power-signed': () => ofRule('power-signed'),
      'ct-literal-power-magnitudes': () => ofRule('power-magnitudes'),
      'ct-literal-power-positive': () => ofRule('power-positive'),
    };
    const found = Object.entries(embeddings).map(([variant, make], at) => {
      const { data, tokens } = make();
      const size = Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / (tokens * width));
      const embedding = data.map((x) => (x * rms) / size);
      const loss = (s: number, text: typeof train) =>
        headLoss(
          kernels,
          embedding,
          width,
          { s, gain: new Float64Array(width).fill(s), bias: new Float64Array(width) },
          text!,
        );
      const s = fitGain((gain) => loss(gain, train));
      report({ done: at + 1, total: Object.keys(embeddings).length });
      return { variant, tokens, s, heldOutLossNats: loss(s, heldOut), trainLossNats: loss(s, train) };
    });
    writeFileSync(outputs.losses, JSON.stringify(literalLossesSchema.parse(found)));
  },
});
