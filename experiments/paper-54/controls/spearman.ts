/**
 * Spearman's rank correlation (1904) with its exact p: all orders of the second list, which chance makes equally likely.
 */
import { PaperError } from '../../../src/engine/stage/index.ts';

export interface RankCorrelation {
  readonly rho: number;
  /** Share of orders with a rho at least as large. */
  readonly upperP: number;
  /** Share of orders with a rho at most as large. */
  readonly lowerP: number;
  /** Share of orders with a rho at least as far from zero. */
  readonly twoSidedP: number;
}

/** Ten make 3,628,800 orders. */
const most = 10;

/** Twice each figure's rank, so that the mean rank of equal figures is whole: [figures] */
const doubledRanks = (figures: readonly number[]): readonly number[] =>
  figures.map(
    (figure) =>
      2 * figures.filter((other) => other < figure).length +
      figures.filter((other) => other === figure).length +
      1,
  );

const usable = (x: readonly number[], y: readonly number[]): PaperError | undefined => {
  const fault = (message: string, received: string): PaperError =>
    new PaperError('NoRankCorrelation', message, {
      details: [`expected 2 to ${most} finite figures a list, which differ; received ${received}`],
      hint: 'give one figure a layer, of as many layers in both lists.',
    });
  if (x.length !== y.length)
    return fault('two lists of ranks differ in length.', `${x.length} and ${y.length}`);
  if (x.length < 2 || x.length > most) return fault('so many figures have no exact p here.', `${x.length}`);
  for (const list of [x, y]) {
    if (!list.every(Number.isFinite)) return fault('a figure has no rank.', list.join(', '));
    if (list.every((figure) => figure === list[0]))
      return fault('equal figures have no order.', list.join(', '));
  }
  return undefined;
};

/** @param x for example depth. @throws NoRankCorrelation */
export const spearman = (x: readonly number[], y: readonly number[]): RankCorrelation => {
  const fault = usable(x, y);
  if (fault) throw fault;
  const [a, b] = [doubledRanks(x), doubledRanks(y)];
  const n = a.length;
  const mean = n + 1; // of doubled ranks
  const left = a.map((rank) => rank - mean);
  const right = b.map((rank) => rank - mean);
  const observed = left.reduce((sum, rank, at) => sum + rank * right[at]!, 0);
  // Products of whole numbers: equal ones are told from near ones. Orders by Heap's method (1963).
  const counts = { all: 0, above: 0, below: 0, far: 0 };
  const order = [...right];
  const count = (): void => {
    let product = 0;
    for (let at = 0; at < n; at += 1) product += left[at]! * order[at]!;
    counts.all += 1;
    if (product >= observed) counts.above += 1;
    if (product <= observed) counts.below += 1;
    if (Math.abs(product) >= Math.abs(observed)) counts.far += 1;
  };
  const turns = new Array<number>(n).fill(0);
  count();
  for (let at = 1; at < n; ) {
    if (turns[at]! < at) {
      const other = at % 2 === 0 ? 0 : turns[at]!;
      [order[other], order[at]] = [order[at]!, order[other]!];
      count();
      turns[at]! += 1;
      at = 1;
    } else {
      turns[at] = 0;
      at += 1;
    }
  }
  const squares = (of: readonly number[]): number => of.reduce((sum, rank) => sum + rank * rank, 0);
  return {
    rho: observed / Math.sqrt(squares(left) * squares(right)),
    upperP: counts.above / counts.all,
    lowerP: counts.below / counts.all,
    twoSidedP: counts.far / counts.all,
  };
};
