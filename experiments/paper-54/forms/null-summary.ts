/** What the draws of one null say: of every cell, and of the statistics that a seed is pooled to. */
import { summariseNull } from '../../../src/numerics/summarise-null.ts';
import type { DrawnCosines } from './drawn-cosines.ts';
import { type Held, maxTP, twoSidedP } from './p-values.ts';
import { poolHeads } from './pool-heads.ts';

/** Of one cell, in the order in which they are kept. */
export const cellFigures = ['mean', 'sd', 'low', 'high', 'p', 'p-adjusted'] as const;

/** A seed's statistics: mean and root mean square, over all heads of all layers, of cosines less their null's mean. */
export const statistics = ['mean', 'rms'] as const;
export type Statistic = (typeof statistics)[number];

export interface NullFigures {
  /** [layers, tests, heads + 1, figures]; NaN where the null says nothing */
  readonly cells: Float64Array;
  /** [tests, statistics, 1 + draws]: the observed one first */
  readonly pooled: Float64Array;
}

/** Observed cosines: [layer][test][heads + 1] */
export type Observed = readonly (readonly ArrayLike<number>[])[];

/** @param drawn every draw's cosines, of the observed ones' shape */
export const summariseDraws = (observed: Observed, drawn: DrawnCosines): NullFigures => {
  const layers = observed.length;
  const tests = observed[0]!.length;
  const heads = observed[0]![0]!.length; // with the sum
  const nHeads = heads - 1;
  const { draws } = drawn;
  const cells = new Float64Array(layers * tests * heads * cellFigures.length).fill(Number.NaN);
  const pooled = new Float64Array(tests * statistics.length * (1 + draws)).fill(Number.NaN);
  for (let test = 0; test < tests; test += 1) {
    if (Number.isNaN(drawn.cell(0, test, 0)[0])) continue;
    const held = observed.map((ofLayer, layer) =>
      Array.from({ length: heads }, (_, head): Held & { readonly low: number; readonly high: number } => {
        const own = drawn.cell(layer, test, head);
        return { value: ofLayer[test]![head]!, draws: own, ...summariseNull([...own]) };
      }),
    );
    const adjusted = [
      maxTP(held.flatMap((ofLayer) => ofLayer.slice(0, nHeads))),
      maxTP(held.map((ofLayer) => ofLayer[nHeads]!)),
    ] as const;
    held.forEach((ofLayer, layer) => {
      ofLayer.forEach((cell, head) => {
        const { value, mean, sd, low, high } = cell;
        const p = twoSidedP(value, cell.draws, mean);
        const corrected = head < nHeads ? adjusted[0][layer * nHeads + head]! : adjusted[1][layer]!;
        cells.set(
          [mean, sd, low, high, p, corrected],
          ((layer * tests + test) * heads + head) * cellFigures.length,
        );
      });
    });
    for (let draw = -1; draw < draws; draw += 1) {
      const found = poolHeads(layers, nHeads, (layer, head) => {
        const { value, draws: own, mean } = held[layer]![head]!;
        return (draw < 0 ? value : own[draw]!) - mean;
      });
      found.forEach((figure, statistic) => {
        pooled[(test * statistics.length + statistic) * (1 + draws) + 1 + draw] = figure;
      });
    }
  }
  return { cells, pooled };
};
