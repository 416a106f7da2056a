/**
 * T6 layer by layer: how much of the form that a layer's heads have together a view makes up. Only the first layer reads the
 * embedding itself, so that a mean over layers says less of it than of those above.
 */
import { nameColumn, numberColumn, type ResultInput, type Row } from 'reproducible-paper/results';
import type { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import type { inferenceOptions } from '../controls/inference-options.ts';
import { plantableForms } from '../power/planting.ts';
import type { FormNullName } from './form-nulls.ts';
import { formTestsOf, freeTestPlace } from './form-problem.ts';
import type { FormNullsRead } from './read-form-nulls.ts';
import { seedInterval } from './verdict.ts';

/** Of the sum over heads unless one is named; below zero where chance alone gives more. */
export const excess = (
  of: FormNullsRead,
  null_: FormNullName,
  layer: number,
  test: number,
  head: number = of.nHeads,
): number => {
  const { mean, sd } = of.cell(null_, layer, test, head)!;
  return (of.observed(layer, test, head) - mean) ** 2 - sd ** 2;
};

/** A share of what is nothing but chance is nothing, and not less. */
const beyond = (...[of, null_, layer, test]: Parameters<typeof excess>): number =>
  Math.max(0, excess(of, null_, layer, test));

/**
 * The largest share that the 95 % interval of its root over runs allows, as that of a strength is taken; of one run alone it
 * is the share itself.
 *
 * @param shares one a run
 */
export const limitOf = (shares: readonly number[]): number => {
  const interval = seedInterval(shares.map(Math.sqrt), 0.95);
  return interval ? interval.high ** 2 : mean(shares);
};

type Options = Pick<z.output<typeof inferenceOptions>, 'primary' | 'deltas'>;

/**
 * The primary views in each layer's whole form, by seeds' nulls. A share, which the positive control returns as it is: the
 * square of what the cosine has beyond its null's mean, less the null's own. Beside rotations stand random signs, which
 * keep how strong each direction of the embedding is.
 */
export const traceByLayer = (seeds: readonly FormNullsRead[], { primary, deltas }: Options): ResultInput => {
  const tests = formTestsOf(deltas);
  const rows = Array.from({ length: seeds[0]!.nLayers }, (_, layer) =>
    primary.views.map((view) => {
      const test = freeTestPlace(tests, { form: 'qk', view, part: 'whole' });
      const shares = seeds.map((of) => beyond(of, 'haar', layer, test));
      return {
        layer,
        view,
        cosine: mean(seeds.map((of) => of.observed(layer, test, of.nHeads))),
        share: mean(shares),
        'share-lowest': Math.min(...shares),
        'share-highest': Math.max(...shares),
        limit: limitOf(shares),
        'beyond-signs': mean(seeds.map((of) => beyond(of, 'signs', layer, test))),
      };
    }),
  ).flat();
  return {
    kind: 'table',
    id: 'trace-by-layer',
    run: 'v1, all seeds',
    keys: ['layer', 'view'],
    columns: [
      ...['layer', 'view'].map(nameColumn),
      ...['cosine', 'share', 'share-lowest', 'share-highest', 'limit', 'beyond-signs'].map((id) =>
        numberColumn(id),
      ),
    ],
    rows,
  };
};

/**
 * The same of either form, all layers alike: another reading of how much a view makes up than by single heads, whose parts
 * along it may add up in the whole while the rest does not.
 */
export const wholeForms = (seeds: readonly FormNullsRead[], { primary, deltas }: Options): ResultInput => {
  const tests = formTestsOf(deltas);
  const rows = plantableForms.flatMap((form) =>
    primary.views.map((view): Row => {
      const test = freeTestPlace(tests, { form, view, part: 'whole' });
      const shares = seeds.map((of) =>
        Math.max(0, mean(Array.from({ length: of.nLayers }, (_, layer) => excess(of, 'haar', layer, test)))),
      );
      return { form, view, share: mean(shares), limit: limitOf(shares) };
    }),
  );
  return {
    kind: 'table',
    id: 'whole-forms',
    run: 'v1, all seeds',
    keys: ['form', 'view'],
    columns: [...['form', 'view'].map(nameColumn), ...['share', 'limit'].map((id) => numberColumn(id))],
    rows,
  };
};
