/** What one analysis found for every seed, as one results file: the first seed's, with the others beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { alikeInputs, defineStage, PaperError } from '../engine/stage/index.ts';
import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import { readResults } from './read-results.ts';
import { type ResultFile, resultFileSchema, type Value } from './result-schema.ts';
import { type SeedTable, tableAcrossSeeds } from './seed-columns.ts';

type Result = ResultFile['results'][number];
type SeedFile = readonly [seed: number, file: ResultFile];

const inputName = (seed: number): string => `seed-${seed}`;

/** A value that stands alone keeps the first seed's number; the spread gets names of its own. */
export const valueAcrossSeeds = (
  value: Value,
  bySeed: readonly (readonly [seed: number, value: number])[],
): readonly Value[] => {
  const { mean, low, high } = summariseSeeds(bySeed.map(([, number]) => number));
  const named = { 'seeds.mean': mean, 'seeds.low': low, 'seeds.high': high };
  const further = bySeed.slice(1).map(([seed, number]) => [inputName(seed), number] as const);
  return [
    value,
    ...[...Object.entries(named), ...further].map(([name, number]) => ({
      ...value,
      id: `${value.id}.${name}`,
      value: number,
    })),
  ];
};

const resultAcrossSeeds = (result: Result, files: readonly [SeedFile, ...SeedFile[]]): readonly Result[] => {
  // Points of figures stay those of the first seed.
  if (result.kind === 'series') return [result];
  const ofSeeds = files.map(([seed, { results }]) => {
    const found = results.find(({ id, kind }) => id === result.id && kind === result.kind);
    if (found) return [seed, found] as const;
    throw new PaperError('SeedsDisagree', `seed ${seed} has no ${result.kind} '${result.id}'.`, {
      details: [`expected it as in seed ${files[0][0]}`],
      hint: 'an analysis gives the same results for every run of one shape: see its stage.',
    });
  });
  if (result.kind === 'table') {
    return [tableAcrossSeeds(ofSeeds as unknown as [SeedTable, ...SeedTable[]])];
  }
  const numbers = ofSeeds.flatMap(([seed, found]) =>
    found.kind === 'value' && typeof found.value === 'number' ? [[seed, found.value] as const] : [],
  );
  return numbers.length < files.length ? [result] : valueAcrossSeeds(result, numbers);
};

export const acrossSeeds = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'result'),
  outputs: { result: 'result.json' },
  params: z.strictObject({ seeds: z.array(z.int().nonnegative()).min(2) }),
  run: ({ params: { seeds }, inputs, outputs }) => {
    const files = seeds.map((seed): SeedFile => {
      const { result } = inputs[inputName(seed)]!;
      return [seed, readResults(readFileSync(result, 'utf8'), `${inputName(seed)}.json`)];
    }) as [SeedFile, ...SeedFile[]];
    const results = files[0][1].results.flatMap((result) => resultAcrossSeeds(result, files));
    writeFileSync(outputs.result, JSON.stringify(resultFileSchema.parse({ results })));
  },
});

/** The stage's code for so many seeds, with an input `seed-<k>` for each. */
export const acrossSeedsOf = (seeds: readonly number[]): typeof acrossSeeds => ({
  ...acrossSeeds,
  inputs: alikeInputs(seeds.map(inputName), 'result'),
});
