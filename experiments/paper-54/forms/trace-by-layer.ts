/**
 * T6 layer by layer: how much of the form that a layer's heads have together a view makes up. Only the first layer reads the
 * embedding itself, so that a mean over layers says less of it than of those above.
 */
import { nameColumn, numberColumn, type ResultInput } from 'reproducible-paper/results';
import type { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import type { inferenceOptions } from '../controls/inference-options.ts';
import { formTestsOf, freeTestPlace } from './form-problem.ts';
import type { FormNullsRead } from './read-form-nulls.ts';

/**
 * How much of a layer's whole form is a view, which the positive control returns as it is: the square of what the cosine has
 * beyond its null's mean, less the null's own, or zero.
 */
const shareOf = (of: FormNullsRead, layer: number, test: number): number => {
  const { mean, sd } = of.cell('haar', layer, test, of.nHeads)!;
  return Math.max(0, (of.observed(layer, test, of.nHeads) - mean) ** 2 - sd ** 2);
};

type Options = Pick<z.output<typeof inferenceOptions>, 'primary' | 'deltas'>;

/** The primary views, and the symmetric part of the first, in each layer's whole form, by seeds' nulls. */
export const traceByLayer = (seeds: readonly FormNullsRead[], { primary, deltas }: Options): ResultInput => {
  const tests = formTestsOf(deltas);
  const asked = [
    ...primary.views.map((view) => ({ view, part: 'whole' }) as const),
    { view: primary.views[0]!, part: 'symmetric' } as const,
  ];
  const rows = Array.from({ length: seeds[0]!.nLayers }, (_, layer) =>
    asked.map(({ view, part }) => {
      const test = freeTestPlace(tests, { form: 'qk', view, part });
      const shares = seeds.map((of) => shareOf(of, layer, test));
      return {
        layer,
        view,
        part,
        cosine: mean(seeds.map((of) => of.observed(layer, test, of.nHeads))),
        share: mean(shares),
        'share-lowest': Math.min(...shares),
        'share-highest': Math.max(...shares),
      };
    }),
  ).flat();
  return {
    kind: 'table',
    id: 'trace-by-layer',
    run: 'v1, all seeds',
    keys: ['layer', 'view', 'part'],
    columns: [
      ...['layer', 'view', 'part'].map(nameColumn),
      ...['cosine', 'share', 'share-lowest', 'share-highest'].map((id) => numberColumn(id)),
    ],
    rows,
  };
};
