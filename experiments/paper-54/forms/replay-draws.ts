import { PaperError } from '../../../src/engine/stage/index.ts';
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import type { Counts } from '../cooccurrence/read-counts.ts';
import type { Draws } from './drawn-cosines.ts';
import { formNullNames, observedCosines, replayNull } from './form-nulls.ts';
import type { FormProblem } from './form-problem.ts';
import { statistics } from './null-summary.ts';
import { poolHeads } from './pool-heads.ts';
import type { FormNullsRead } from './read-form-nulls.ts';

/** Statistics are kept in float32, of order .1; sums differ in their order between machines. */
const tolerance = 1e-6;

const differs = (what: string, kept: number, found: number): PaperError =>
  new PaperError('DrawsDiffer', `${what} is not what the kept nulls hold.`, {
    details: [`expected ${kept} within ${tolerance}; received ${found}`],
    hint: 'the nulls were drawn of other weights or by other code: make form-nulls again.',
  });

const require = (what: string, kept: number, found: number): void => {
  if (!(Math.abs(kept - found) <= tolerance)) throw differs(what, kept, found);
};

/**
 * Computes every observed cosine and the first draws of each null again.
 *
 * @throws DrawsDiffer naming the first that is not as it was kept
 */
export const replayDraws = (
  problem: FormProblem,
  counts: Counts,
  kept: FormNullsRead,
  draws: Draws,
  la: LinearAlgebra,
): void => {
  const { posed, tests, nHeads } = problem;
  observedCosines(problem, la).forEach((ofLayer, layer) => {
    ofLayer.forEach((ofTest, test) => {
      ofTest.forEach((cosine, head) => {
        const { form, frequency, view, part, delta } = tests[test]!;
        const what = `the cosine of ${form} and ${view} (${frequency}, ${part}, distance ${delta}), layer ${layer}, head ${head},`;
        require(what, kept.observed(layer, test, head), cosine);
      });
    });
  });
  for (const name of formNullNames) {
    const drawn = replayNull(name, problem, counts, draws, la);
    for (const test of tests.keys()) {
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
          require(`draw ${draw} of null '${name}', test ${test}, ${statistic},`, expected, found[at]!);
        });
      }
    }
  }
};
