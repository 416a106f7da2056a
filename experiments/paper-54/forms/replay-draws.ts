import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { drawsTurnedAlike } from '../controls/draws-turned-alike.ts';
import { requireKept } from '../controls/require-kept.ts';
import type { Counts } from '../cooccurrence/read-counts.ts';
import type { Draws } from './drawn-cosines.ts';
import { formNullNames, observedCosines, replayNull } from './form-nulls.ts';
import type { FormProblem, FormTest } from './form-problem.ts';
import { statistics } from './null-summary.ts';
import { poolHeads } from './pool-heads.ts';
import type { FormNullsRead } from './read-form-nulls.ts';

type Pairs = Pick<Counts, 'topK2' | 'topK3Skip'>;

/** Statistics are kept in float32, of order .1; sums differ in their order between machines. */
const tolerance = 1e-6;

const require = (what: string, kept: number, again: number): void =>
  requireKept({ stage: 'form-nulls', what, kept, again, tolerance });

/** A cosine of a layer's head, the sum over heads last. */
type CosineAt = (layer: number, test: number, head: number) => number;

/** @throws KeptDiffers naming the first observed cosine that is not as it was kept */
export const requireObserved = (
  tests: readonly FormTest[],
  kept: FormNullsRead,
  again: CosineAt,
  isRead: (test: FormTest) => boolean = () => true,
): void => {
  for (let layer = 0; layer < kept.nLayers; layer += 1) {
    for (const [test, asked] of tests.entries()) {
      if (!isRead(asked)) continue;
      const { form, frequency, view, part, delta } = asked;
      for (let head = 0; head <= kept.nHeads; head += 1) {
        const what = `the cosine of ${form} and ${view} (${frequency}, ${part}, distance ${delta}), layer ${layer}, head ${head}`;
        require(what, kept.observed(layer, test, head), again(layer, test, head));
      }
    }
  }
};

/** @throws KeptDiffers naming the first draw of a null that is not as it was kept */
export const replayNulls = (
  problem: FormProblem,
  counts: Pairs,
  kept: FormNullsRead,
  draws: Draws,
  la: LinearAlgebra,
  isRead: (test: FormTest) => boolean = () => true,
): void => {
  const { posed, tests, nHeads } = problem;
  const read = [...tests.keys()].filter((test) => isRead(tests[test]!));
  for (const name of formNullNames.filter((id) => id !== 'haar' || drawsTurnedAlike())) {
    const drawn = replayNull(name, problem, counts, draws, la);
    for (const test of read) {
      for (let draw = 0; draw < draws.draws; draw += 1) {
        const found = poolHeads(
          posed.length,
          nHeads,
          (layer, head) =>
            drawn.cell(layer, test, head)[draw]! - (kept.cell(name, layer, test, head)?.mean ?? Number.NaN),
        );
        statistics.forEach((statistic, at) => {
          const expected = kept.pooled(name, test, statistic)?.[1 + draw];
          if (expected === undefined) return;
          require(`draw ${draw} of null '${name}', test ${test}, ${statistic}`, expected, found[at]!);
        });
      }
    }
  }
};

/**
 * Computes every observed cosine and the first draws of each null again, of the tests that are read.
 *
 * @param isRead leaves out a test of which no figure is used: the part of a view that is nearly nothing has digits that are
 * nearly all rounding
 * @throws KeptDiffers naming the first that is not as it was kept
 */
export const replayDraws = (
  problem: FormProblem,
  counts: Pairs,
  kept: FormNullsRead,
  draws: Draws,
  la: LinearAlgebra,
  isRead?: (test: FormTest) => boolean,
): void => {
  const observed = observedCosines(problem, la);
  requireObserved(problem.tests, kept, (layer, test, head) => observed[layer]![test]![head]!, isRead);
  replayNulls(problem, counts, kept, draws, la, isRead);
};
