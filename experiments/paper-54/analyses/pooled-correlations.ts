/**
 * The ten tests of the conjecture over seeds: each seed's mean |r| over layers, and the mean over all seeds' layers, with the
 * exact p of each. An interval of p-values would mean nothing.
 */
import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { equivalencePower } from '../controls/equivalence-power.ts';
import { meanAbsLaw } from '../controls/exact-correlation.ts';
import { type LayerCorrelations, parseLayerCorrelations } from './correlate-layers.ts';
import { mean } from './mean.ts';
import { sampleDeviation } from './sample-deviation.ts';
import { correlationTests, layersOfTest, meanAbsHeld } from './summary-correlations.ts';

/** What a seed gives: `views-<seed>`, `runs-<seed>`. */
const names = (seeds: readonly number[]) => seeds.flatMap((seed) => [`views-${seed}`, `runs-${seed}`]);

/** Of the correlations of CT+SFT with V1, the standard deviation over seeds of a matrix's mean over layers. */
const spreadOver = (runs: readonly (readonly LayerCorrelations[])[], matrix: 'q' | 'v'): number =>
  sampleDeviation(
    runs.map((of) => mean(of.filter((found) => found.matrix === matrix).map(({ r }) => r['v1']!))),
  );

export const pooledCorrelations = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'found'),
  outputs: { result: 'pooled-correlations.json' },
  params: z.strictObject({
    entries: z.int().positive(),
    /** Within it a mean correlation is negligible. */
    bound: z.number().positive(),
    /** Of each of the two tests that put one there: a 95 % interval. */
    level: z.number().positive().lt(0.5).default(0.025),
    seeds: z.array(z.int().nonnegative()).min(1),
  }),
  run: ({ params: { entries, bound, level, seeds }, inputs, outputs }) => {
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
      {
        kind: 'value',
        id: 'uncorrelated-power',
        unit: null,
        // One run has no interval over runs.
        value:
          seeds.length < 2
            ? 0
            : equivalencePower(
                seeds.length,
                (['q', 'v'] as const).map((matrix) =>
                  spreadOver(
                    found.map(([, runs]) => runs),
                    matrix,
                  ),
                ),
                bound,
                level,
              ),
      },
    ]);
  },
});

/** The stage's code over these seeds. */
export const pooledCorrelationsOf = (seeds: readonly number[]): typeof pooledCorrelations => ({
  ...pooledCorrelations,
  inputs: alikeInputs(names(seeds), 'found'),
});
