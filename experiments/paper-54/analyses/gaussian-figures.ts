/** The draws of null N2 for every table whose figures are free of scale: see ../controls/gaussian-null.ts. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { defineStage } from 'reproducible-paper/stage';
import {
  type Figures,
  type FiguresOf,
  gaussianNullParams,
  gaussianTriple,
  writeGaussianNull,
} from '../controls/gaussian-null.ts';
import { rootsAt } from '../controls/turned-stack.ts';
import { asymmetryTable } from './asymmetry.ts';
import { headFigures, headTable } from './asymmetry-by-head.ts';
import { energiesOf } from './cumulative-energy.ts';
import { kernelSpectrum, lowRankFormTable, lowRankKernelTable } from './low-rank-kernel.ts';
import { ranksOf } from './rank-figures.ts';
import { spectralTwinningTable } from './spectral-twinning.ts';
import { headTwinningTable, twinningOfHead } from './twinning-figures.ts';

const layerTables = [spectralTwinningTable, lowRankFormTable, asymmetryTable];

/** By table. The heads of a Gaussian matrix are all alike, so one stands for them. */
export const gaussianTables = (la: LinearAlgebra): Readonly<Record<string, FiguresOf>> => ({
  ...Object.fromEntries(
    layerTables.map(({ id, figures }) => [id, (draw) => figures(draw, la)] satisfies [string, FiguresOf]),
  ),
  // One spectrum a draw serves the table and the curve of cumulative energy.
  [lowRankKernelTable.id]: (draw) => {
    const sigma = kernelSpectrum(draw, la);
    return { ...ranksOf(sigma, 'Q K^T'), ...energiesOf(sigma) };
  },
  [headTable]: (draw) => headFigures(draw, 0, la),
  [headTwinningTable]: (draw) => twinningOfHead(draw, 0, la),
});

/**
 * Singular values as roots of eigenvalues of A A^T, in three quarters of the time. What is lost of a small one counts where
 * its logarithm does: in no rank and no energy, and not of a head's [dHead, n], none of whose is small.
 */
const bySquares = <S>(la: LinearAlgebra, stacks: MatrixStacks<S>): LinearAlgebra => ({
  ...la,
  singularValues: (a: Matrix) =>
    rootsAt(
      stacks.step(() => stacks.gramEigenvalues(stacks.enter(a.data, [1, a.rows, a.cols]))),
      0,
      a.rows,
    ),
});

export const gaussianFigures = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {},
  outputs: { figures: 'gaussian-figures.json' },
  params: gaussianNullParams,
  run: async ({ params, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const drawn = withStacks(la, (stacks) => {
      const tables = Object.entries({
        ...gaussianTables(bySquares(la, stacks)),
        [spectralTwinningTable.id]: gaussianTables(la)[spectralTwinningTable.id]!,
      });
      const draws = Object.fromEntries(tables.map(([id]) => [id, [] as Figures[]]));
      for (let draw = 0; draw < params.draws; draw += 1) {
        const triple = gaussianTriple(params, draw);
        for (const [id, figuresOf] of tables) draws[id]!.push(figuresOf(triple));
        report({ done: draw + 1, total: params.draws });
      }
      return draws;
    });
    writeGaussianNull(outputs.figures, params, drawn);
  },
});
