import { asymmetryOf } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { add, type Matrix, subtract, transpose } from 'reproducible-paper/numerics/matrix';
import { effectiveRank, topEnergy } from 'reproducible-paper/numerics/spectrum';

/**
 * How much of an image is one direction: the share of its energy in its first singular value, and participation ratios
 * (sum sigma)^2 / sum sigma^2 of it and of its symmetric and antisymmetric parts (Paper 65 prints those).
 */
export const imageFigures = (image: Matrix, la: LinearAlgebra) => {
  const turned = transpose(image);
  const sigma = la.singularValues(image);
  const participation = (a: Matrix): number => effectiveRank(la.singularValues(a), 'an image');
  const { rho } = asymmetryOf(image, 'an image');
  return {
    'rank-one-share': topEnergy(sigma, 1, 'an image'),
    participation: effectiveRank(sigma, 'an image'),
    'symmetric-participation': participation(add(image, turned)),
    // Of a symmetric image there is no antisymmetric part to measure.
    'antisymmetric-participation': rho < 1 - 1e-12 ? participation(subtract(image, turned)) : null,
  };
};
