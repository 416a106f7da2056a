/**
 * The ten tests of the conjecture over seeds: each seed's mean |r| over layers, and the mean over all seeds' layers, with the
 * exact p of each. An interval of p-values would mean nothing.
 */
import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanAbsLaw } from '../controls/exact-correlation.ts';
import { parseLayerCorrelations } from './correlate-layers.ts';
import { correlationTests, layersOfTest, meanAbsHeld } from './summary-correlations.ts';

/** What a seed gives: `views-<seed>`, `runs-<seed>`. */
const names = (seeds: readonly number[]) => seeds.flatMap((seed) => [`views-${seed}`, `runs-${seed}`]);

export const pooledCorrelations = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'found'),
  outputs: { result: 'pooled-correlations.json' },
  params: z.strictObject({
    entries: z.int().positive(),
    seeds: z.array(z.int().nonnegative()).min(1),
  }),
  run: ({ params: { entries, seeds }, inputs, outputs }) => {
    const read = (name: string) => parseLayerCorrelations(readFileSync(inputs[name]!['found']!, 'utf8'));
    const found = seeds.map((seed) => [read(`views-${seed}`), read(`runs-${seed}`)] as const);
    const layers = layersOfTest(...found[0]!, 'q-k2').length;
    const [one, all] = [meanAbsLaw(entries, layers), meanAbsLaw(entries, layers * seeds.length)];
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'pooled-correlations',
        run: 'v1 and ct-sft, all seeds',
        keys: ['test', 'seed'],
        columns: [nameColumn('test'), nameColumn('seed'), numberColumn('mean-abs-r')],
        rows: Object.keys(correlationTests).flatMap((test) => {
          const ofSeeds = found.map(([views, runs]) => layersOfTest(views, runs, test));
          return [
            ...seeds.map((seed, at) => ({
              test,
              seed: String(seed),
              'mean-abs-r': meanAbsHeld(ofSeeds[at]!, one),
            })),
            { test, seed: 'all', 'mean-abs-r': meanAbsHeld(ofSeeds.flat(), all) },
          ];
        }),
      },
    ]);
  },
});

/** The stage's code over these seeds. */
export const pooledCorrelationsOf = (seeds: readonly number[]): typeof pooledCorrelations => ({
  ...pooledCorrelations,
  inputs: alikeInputs(names(seeds), 'found'),
});
