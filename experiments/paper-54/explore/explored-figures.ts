import type { View } from 'reproducible-paper/explore/view';
import { asymmetryOf } from 'reproducible-paper/numerics/asymmetry';
import { frobeniusNorm } from 'reproducible-paper/numerics/matrix';
import {
  effectiveRank,
  quarterCircleQuantiles,
  spectralDivergence,
} from 'reproducible-paper/numerics/spectrum';
import { ranksOf } from '../analyses/rank-figures.ts';
import { type ExploredMatrix, type MatrixName, matrixLabels } from './explored-matrix.ts';

type Figure = Extract<View, { kind: 'figures' }>['figures'][number];

/** Where the tables print a figure: of run V1 alone. */
const placer =
  (row: string, isTabulated: boolean) =>
  (table: string): Pick<Figure, 'place'> =>
    isTabulated ? { place: { table, row } } : {};

const rankLabels: Readonly<Record<string, string>> = {
  'effective-rank': 'effective rank',
  'top-8-energy': 'energy of the 8 largest singular values',
  'top-32-energy': 'energy of the 32 largest singular values',
  'entropy-rank': 'entropy rank',
};

/**
 * Figures of a matrix that the paper's tables print, by the code that computes them, and its norm and rank in any case.
 *
 * @param sigma its singular values, descending [rank]
 * @param isTabulated whether the tables are of its run
 */
export const exploredFigures = (
  name: MatrixName,
  layer: number,
  head: number | undefined,
  { whole }: ExploredMatrix,
  sigma: Float64Array,
  isTabulated: boolean,
): readonly Figure[] => {
  const label = matrixLabels[name];
  const at = placer(`layer-${layer}${head === undefined ? '' : `-head-${head}`}`, isTabulated);
  const isProjection = name === 'q' || name === 'k' || name === 'v';
  const ofAll = head === undefined;
  const norm: Figure = {
    label: 'Frobenius norm',
    value: frobeniusNorm(whole),
    ...(isProjection && ofAll ? at('value-crescendo') : {}),
  };
  if (isProjection) {
    const law = { name: 'the quarter circle', sigma: quarterCircleQuantiles(sigma.length) };
    return [
      norm,
      ...(ofAll
        ? [
            {
              label: 'divergence from the law, nats',
              value: spectralDivergence({ name: label, sigma }, law),
              ...at('spectral-twinning'),
            },
          ]
        : []),
      { label: 'effective rank', value: effectiveRank(sigma, label) },
    ];
  }
  const table = name === 'form' ? 'low-rank-form' : 'low-rank-kernel';
  const ranks =
    ofAll && name !== 'copying'
      ? Object.entries(ranksOf(sigma, label)).map(([id, value]) => ({
          label: rankLabels[id] ?? id,
          value,
          ...at(table),
        }))
      : [
          {
            label: 'effective rank',
            value: effectiveRank(sigma, label),
            ...(name === 'form' ? at('asymmetry-by-head') : {}),
          },
        ];
  if (name !== 'form') return [norm, ...ranks];
  const { ratio, rho } = asymmetryOf(whole, label);
  const asymmetry = at(ofAll ? 'asymmetry' : 'asymmetry-by-head');
  return [
    norm,
    ...ranks,
    { label: 'asymmetry, ratio', value: ratio, ...asymmetry },
    { label: 'asymmetry, rho', value: rho, ...asymmetry },
  ];
};
