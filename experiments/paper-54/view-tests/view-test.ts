/**
 * T1 over layers against its gauge null, and T2 to T5, over seeds and of each. The kept draws are not believed: of the
 * first seed the observed figures and the first draws are computed again, and numpy computes all observed ones.
 */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { float64Of, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import { type Cell, nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { benjaminiHochberg } from '../controls/benjamini-hochberg.ts';
import { againstLaw, meanAbsLaw } from '../controls/exact-correlation.ts';
import { holm } from '../controls/holm.ts';
import { requireKept } from '../controls/require-kept.ts';
import { upperP } from '../forms/p-values.ts';
import { matrixNames } from '../model/attention-weights.ts';
import { inputStatistics } from './input-side.ts';
import { gaugeViews, inputPairs, openViewProblem, replayViews, viewParams } from './view-draws.ts';

/** The draws' products are of single precision; figures are of order 0.01 to 1. */
const tolerance = 1e-6;

/** A statistic with its draws: [tests][1 + draws], the observed one first. */
type Drawn = readonly (readonly number[])[];

interface Kept {
  readonly draws: number;
  readonly layers: number;
  readonly gauge: Drawn;
  readonly input: Drawn;
}

const readKept = (path: string): Kept => {
  const file = readSafetensors(path);
  const draws = Number(file.metadata['draws']);
  const rows = (name: string): Drawn => {
    const all = [...float64Of(file, name)];
    return Array.from({ length: all.length / (1 + draws) }, (_, at) =>
      all.slice(at * (1 + draws), (at + 1) * (1 + draws)),
    );
  };
  return {
    draws,
    layers: Number(file.metadata['layers']),
    gauge: rows('gauge'),
    input: rows('input'),
  };
};

/** @throws KeptDiffers */
export const requireSameDraws = (kept: Drawn, found: readonly ArrayLike<number>[], what: string): void => {
  found.forEach((figures, test) => {
    for (let at = 0; at < figures.length; at += 1) {
      requireKept({
        stage: 'view-draws',
        what: `${what}, test ${test}, ${at === 0 ? 'as observed' : `draw ${at - 1}`}`,
        kept: kept[test]?.[at],
        again: figures[at]!,
        tolerance,
      });
    }
  });
};

/** The mean over seeds, draw by draw: seeds' draws are independent. */
const poolSeeds = (seeds: readonly Drawn[]): Drawn =>
  seeds[0]!.map((figures, test) =>
    figures.map((_, at) => seeds.reduce((sum, seed) => sum + seed[test]![at]!, 0) / seeds.length),
  );

const held = ([value, ...draws]: readonly number[]): { readonly cell: Cell; readonly p: number } => {
  const p = upperP(value!, draws);
  return { cell: { value: value!, null: { ...summariseNull(draws), p } }, p };
};

const gaugeTests = matrixNames.flatMap((matrix) => gaugeViews.map((view) => ({ matrix, view })));
const inputTests = inputPairs.flatMap((pair) => inputStatistics.map((statistic) => ({ statistic, ...pair })));

const gaugeRows = (drawn: Drawn, entries: number, count: number): readonly Row[] => {
  const law = meanAbsLaw(entries, count);
  const cells = drawn.map(held);
  const adjusted = holm(cells.map(({ p }) => p));
  return gaugeTests.map(({ matrix, view }, at) => {
    const value = drawn[at]![0]!;
    return {
      matrix: matrix.toUpperCase(),
      view,
      'mean-abs-r': cells[at]!.cell,
      'p-adjusted': adjusted[at]!,
      'by-law': { value, null: againstLaw(value, law) },
    };
  });
};

const gaugeColumns = [numberColumn('mean-abs-r'), numberColumn('p-adjusted'), numberColumn('by-law')];
const [matrixColumn, viewColumn] = [nameColumn('matrix'), nameColumn('view')];

export const viewTest = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: alikeInputs([], 'weights', 'views', 'draws'),
  outputs: { result: 'view-test.json' },
  params: z.strictObject({
    seeds: z.array(z.int().nonnegative()).min(1),
    ...viewParams,
    /** Draws of the first seed that are made again. */
    replayed: z.int().positive().default(1),
  }),
  run: async ({ params: { seeds, seed, subspace, replayed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    let entries = 0;
    const kept = seeds.map((trained) => {
      const path = (name: string, output: 'weights' | 'views' | 'draws'): string =>
        inputs[`${name}-${trained}`]![output]!;
      const problem = openViewProblem(
        { v1: { weights: path('v1', 'weights') }, views: { views: path('views', 'views') } },
        subspace,
      );
      entries = problem.layers[0]!.q.data.length;
      const read = readKept(path('draws', 'draws'));
      if (trained !== seeds[0]) return read;
      const found = replayViews(problem, { draws: replayed, seed }, la);
      requireSameDraws(read.gauge, found.gauge, `T1 of seed ${trained}`);
      requireSameDraws(read.input, found.input, `T2 to T5 of seed ${trained}`);
      return read;
    });
    const { draws, layers } = kept[0]!;
    const pooled = poolSeeds(kept.map(({ gauge }) => gauge));
    const input = poolSeeds(kept.map((of) => of.input)).map(held);
    const adjusted = benjaminiHochberg(input.map(({ p }) => p));
    const run = 'v1, all seeds';
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'gauge-test',
        run,
        keys: ['matrix', 'view'],
        columns: [matrixColumn, viewColumn, ...gaugeColumns],
        rows: [...gaugeRows(pooled, entries, layers * seeds.length)],
        nullDraws: draws,
      },
      {
        kind: 'table',
        id: 'gauge-test-by-seed',
        run,
        keys: ['seed', 'matrix', 'view'],
        columns: [nameColumn('seed'), matrixColumn, viewColumn, ...gaugeColumns],
        rows: kept.flatMap(({ gauge }, at) =>
          gaugeRows(gauge, entries, layers).map((row) => ({ seed: String(seeds[at]), ...row })),
        ),
        nullDraws: draws,
      },
      {
        kind: 'table',
        id: 'statistics-beyond-r',
        run,
        keys: ['statistic', 'matrix', 'view'],
        columns: [
          nameColumn('statistic'),
          matrixColumn,
          viewColumn,
          numberColumn('found'),
          numberColumn('p-adjusted'),
        ],
        rows: inputTests.map(({ statistic, matrix, view }, at) => ({
          statistic,
          matrix: matrix.toUpperCase(),
          view,
          found: input[at]!.cell,
          'p-adjusted': adjusted[at]!,
        })),
        nullDraws: draws,
      },
    ]);
  },
});

/** The stage's code over these seeds. */
export const viewTestOf = (seeds: readonly number[]): typeof viewTest => ({
  ...viewTest,
  inputs: {
    ...alikeInputs(
      seeds.map((seed) => `v1-${seed}`),
      'weights',
    ),
    ...alikeInputs(
      seeds.map((seed) => `views-${seed}`),
      'views',
    ),
    ...alikeInputs(
      seeds.map((seed) => `draws-${seed}`),
      'draws',
    ),
  },
});
