import type { FormProblem } from './form-problem.ts';

/** How many draws of a null, and the seed of its streams. */
export interface Draws {
  readonly draws: number;
  readonly seed: number;
  /** Names the run: draws of different runs are independent. */
  readonly run: string;
  /** Called now and then. */
  readonly advance?: () => void;
}

/** Cosines of every draw of a null. */
export interface DrawnCosines {
  readonly draws: number;
  /** Of one draw in one layer: [tests][heads + 1] */
  readonly put: (draw: number, layer: number, cosines: readonly ArrayLike<number>[]) => void;
  /** One cell over all draws; NaN where the null says nothing of it. */
  readonly cell: (layer: number, test: number, head: number) => Float64Array;
}

/** @param heads with the sum */
const drawnCosines = (draws: number, layers: number, tests: number, heads: number): DrawnCosines => {
  const data = new Float64Array(draws * layers * tests * heads).fill(Number.NaN);
  const cellAt = (layer: number, test: number, head: number): number =>
    ((layer * tests + test) * heads + head) * draws;
  return {
    draws,
    put: (draw, layer, cosines) => {
      cosines.forEach((ofTest, test) => {
        for (let head = 0; head < heads; head += 1) {
          data[cellAt(layer, test, head) + draw] = ofTest[head]!;
        }
      });
    },
    cell: (layer, test, head) => {
      const from = cellAt(layer, test, head);
      return data.subarray(from, from + draws);
    },
  };
};

export const emptyDraws = ({ posed, tests, nHeads }: FormProblem, draws: number): DrawnCosines =>
  drawnCosines(draws, posed.length, tests.length, nHeads + 1);
