/**
 * T1 to T5 of many turns together, products in single precision. With S = A O M^T, T2 and T3 need no Gram matrix of A O:
 * ||S||^2 = <O^T A^T A O, M^T M>, the diagonal of O^T A^T A O holds the energies of A O's columns, and its sum is the
 * energy of A O's row sums.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import { frobeniusNorm, innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { GaugePairs } from './gauge-draw.ts';
import { type InputSide, type InputStatistics, inputStatistics } from './input-side.ts';

/** Both sides of a pair, and sums over M^T M above its diagonal. */
interface ReadyPair<S> {
  readonly sides: Readonly<Record<'a' | 'm' | 'leadingA' | 'leadingM', S>>;
  readonly own: InputSide;
  readonly norms: Readonly<Record<'a' | 'm' | 'gramA' | 'gramM', number>>;
  readonly diagonal: Float64Array;
  readonly sum: number;
  readonly squares: number;
}

const diagonalOf = ({ rows, data }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * rows + i]!);

const total = (data: Float64Array): number => data.reduce((sum, x) => sum + x, 0);
const energyOf = (data: Float64Array): number => data.reduce((sum, x) => sum + x * x, 0);

const readyPair = <S>(a: InputSide, m: InputSide, enter: (of: Matrix) => S): ReadyPair<S> => {
  const diagonal = diagonalOf(m.gram);
  return {
    sides: {
      a: enter(a.own),
      m: enter(m.own),
      leadingA: enter(a.leading),
      leadingM: enter(m.leading),
    },
    own: a,
    norms: {
      a: frobeniusNorm(a.own),
      m: frobeniusNorm(m.own),
      gramA: frobeniusNorm(a.gram),
      gramM: frobeniusNorm(m.gram),
    },
    diagonal,
    sum: (total(m.gram.data) - total(diagonal)) / 2,
    squares: (innerProduct(m.gram, m.gram) - energyOf(diagonal)) / 2,
  };
};

/**
 * Pearson r above the diagonals of (A O)^T A O and M^T M.
 *
 * @param own energies of A O's columns [n]
 * @param rowSums of A O [n]
 * @param shared ||S||^2
 */
const gramsOf = <S>(
  own: Float64Array,
  rowSums: Float64Array,
  shared: number,
  { norms, diagonal, sum, squares }: ReadyPair<S>,
): number => {
  const n = diagonal.length;
  const entries = (n * (n - 1)) / 2;
  const ownSum = (energyOf(rowSums) - total(own)) / 2;
  const ownSquares = (norms.gramA ** 2 - energyOf(own)) / 2;
  const product = (shared - own.reduce((of, x, i) => of + x * diagonal[i]!, 0)) / 2;
  return (
    (product - (ownSum * sum) / entries) /
    Math.sqrt((ownSquares - ownSum ** 2 / entries) * (squares - sum ** 2 / entries))
  );
};

/** A layer's pairs with what no draw changes, entered. */
export interface ReadyLayer<S> {
  readonly gauge: readonly GaugePairs[];
  /** Each matrix's products with views, and its row sums in every row [1, rows, n^2] */
  readonly rows: S;
  readonly inputs: readonly ReadyPair<S>[];
}

export const readyLayer = <S>(
  gauge: readonly GaugePairs[],
  inputs: readonly { readonly a: InputSide; readonly m: InputSide }[],
  stacks: MatrixStacks<S>,
): ReadyLayer<S> => {
  const enter = (data: Float64Array, shape: readonly number[]): S =>
    stacks.step(() => stacks.single(stacks.enter(data, shape)));
  const n = gauge[0]!.rowSums.length;
  const rows = gauge.flatMap(({ crossed, rowSums }) => [
    ...crossed.map(({ data }) => data),
    Float64Array.from({ length: n * n }, (_, at) => rowSums[at % n]!),
  ]);
  return {
    gauge,
    rows: enter(joinRows(rows), [1, rows.length, n * n]),
    inputs: inputs.map(({ a, m }) => readyPair(a, m, (of) => enter(of.data, [1, of.rows, of.cols]))),
  };
};

/** r of O A with each view, by draw. @param turns in single precision [draws, n, n] */
export const gaugeOfTurns = <S>(
  { gauge, rows }: ReadyLayer<S>,
  turns: S,
  draws: number,
  stacks: MatrixStacks<S>,
): readonly (readonly number[])[] => {
  const n = gauge[0]!.rowSums.length;
  const met = stacks.leave(
    stacks.multiply(rows, stacks.reshape(turns, [1, draws, n * n]), { transposeB: true }),
  ); // [rows, draws]
  return Array.from({ length: draws }, (_, draw) => {
    let row = 0;
    const next = (): number => met[row++ * draws + draw]!;
    return gauge.flatMap(({ energy, crossed }) => {
      const products = crossed.map(next);
      const norm = Math.sqrt(energy - next() ** 2 / (n * n)); // less its mean
      return products.map((product) => product / norm);
    });
  });
};

/** T2 to T5 of each pair, by draw. @param turns in single precision [draws, n, n] */
export const inputsOfTurns = <S>(
  { inputs }: ReadyLayer<S>,
  turns: S,
  draws: number,
  stacks: MatrixStacks<S>,
): readonly (readonly number[])[] => {
  const rows = inputs[0]!.diagonal.length;
  const ones = stacks.single(stacks.enter(new Float64Array(rows).fill(1), [1, rows, 1]));
  const found = inputs.map((pair): readonly InputStatistics[] => {
    const { sides, norms, diagonal, own } = pair;
    const [n, k] = [diagonal.length, own.leading.cols];
    const turned = stacks.multiply(sides.a, turns); // A O
    const shared = stacks.double(stacks.multiply(turned, sides.m, { transposeB: true }));
    const ofShared = stacks.traceNorms(shared);
    const columns = stacks.columnEnergies(turned);
    const rowSums = stacks.leave(stacks.multiply(turned, ones));
    const overlaps = stacks.leave(
      stacks.multiply(stacks.multiply(sides.leadingA, turns, { transposeA: true }), sides.leadingM),
    );
    const ofDraw = (data: Float64Array, draw: number, size: number) =>
      data.subarray(draw * size, (draw + 1) * size);
    return Array.from({ length: draws }, (_, draw) => {
      const energy = ofShared.energies[draw]!; // ||S||^2
      return {
        grams: gramsOf(ofDraw(columns, draw, n), ofDraw(rowSums, draw, n), energy, pair),
        cka: energy / (norms.gramA * norms.gramM),
        procrustes: ofShared.norms[draw]! / (norms.a * norms.m),
        overlap: energyOf(ofDraw(overlaps, draw, k * k)) / k,
      };
    });
  });
  return Array.from({ length: draws }, (_, draw) =>
    found.flatMap((ofPair) => inputStatistics.map((id) => ofPair[draw]![id])),
  );
};
