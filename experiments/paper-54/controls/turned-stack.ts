/**
 * Figures of turned forms, all layers of a draw together. Singular values are roots of the eigenvalues of N N^T, in three
 * quarters of the time: a small one is right to 1e-8 of the largest at worst, which in figures that sum over all of them
 * is less than 1e-10.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import {
  figuresOfSpectra,
  headBlocks,
  headProducts,
  type TurnedFigures,
  type TurnedLayer,
} from './turned-forms.ts';

/** Layers with their factors entered [layers, n, n]. */
export interface LayerStack<S> {
  readonly layers: readonly TurnedLayer[];
  readonly q: S;
  readonly k: S;
}

export const layerStack = <S>(layers: readonly TurnedLayer[], stacks: MatrixStacks<S>): LayerStack<S> => {
  const entered = (name: 'q' | 'k'): S => {
    const { rows, cols } = layers[0]!.weights[name];
    return stacks.enter(joinRows(layers.map(({ weights }) => weights[name].data)), [
      layers.length,
      rows,
      cols,
    ]);
  };
  return { layers, q: entered('q'), k: entered('k') };
};

/** Of rows of squares that ascend, a row's roots, which descend [n]. */
export const rootsAt = (squares: Float64Array, row: number, n: number): Float64Array =>
  squares
    .slice(row * n, (row + 1) * n)
    .map((square) => Math.sqrt(Math.max(0, square)))
    .reverse();

/**
 * One draw of every layer, as `turnedFigures` gives it layer by layer.
 *
 * @param o Haar [1, n, n]
 * @param headO Haar [dHead, dHead]
 */
export const turnedStack = <S>(
  { layers, q, k }: LayerStack<S>,
  o: S,
  headO: Matrix,
  withEigenvalues: boolean,
  stacks: MatrixStacks<S>,
  la: LinearAlgebra,
): readonly TurnedFigures[] => {
  const { nHeads, q: first } = layers[0]!.weights;
  const n = first.rows;
  const d = headO.rows;
  const [data, squares] = stacks.step(() => {
    const core = stacks.multiply(stacks.multiply(k, o), q, { transposeB: true }); // N [layers, n, n]
    return [stacks.leave(core), stacks.gramEigenvalues(core)] as const;
  });
  const cores = layers.map((_, at) => matrix(n, n, data.subarray(at * n * n, (at + 1) * n * n)));
  const blocks = cores.map((core) => headBlocks(core, nHeads));
  const eigenvalues = withEigenvalues ? la.batchEigenvalues(cores) : [];
  const headSquares = stacks.step(() => {
    const products = layers.flatMap((layer) => headProducts(layer, headO).map(({ data: own }) => own));
    return stacks.gramEigenvalues(stacks.enter(joinRows(products), [products.length, d, d]));
  });
  const headEigenvalues = la.batchEigenvalues(blocks.flat());
  return layers.map((layer, at) => {
    const ofHeads = <T>(all: readonly T[]): readonly T[] => all.slice(at * nHeads, (at + 1) * nHeads);
    return figuresOfSpectra(layer, cores[at]!, blocks[at]!, {
      sigma: rootsAt(squares, at, n),
      eigenvalues: eigenvalues[at],
      headSigmas: Array.from({ length: nHeads }, (_, head) => rootsAt(headSquares, at * nHeads + head, d)),
      headEigenvalues: ofHeads(headEigenvalues),
    });
  });
};
