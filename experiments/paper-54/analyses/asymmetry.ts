/**
 * How far W = Q^T K is from symmetric: ratio = ||W - W^T|| / ||W|| = sqrt(2 (1 - rho)), rho = <W, W^T> / ||W||^2;
 * antisymmetric energy = (1 - rho) / 2; real fraction = sum |Re lambda| / sum |lambda|. Paper 54, invariant 4.
 */
import { asymmetryOf, realFraction } from 'reproducible-paper/numerics/asymmetry';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { numberColumn } from 'reproducible-paper/results';
import { type LayerTable, layerTableStage } from './layer-table.ts';

export const asymmetryColumns = [
  numberColumn('ratio'),
  numberColumn('rho'),
  numberColumn('real-fraction'),
  numberColumn('antisymmetric-energy'),
];

export const asymmetryTable: LayerTable = {
  id: 'asymmetry',
  columns: asymmetryColumns,
  figures: ({ q, k }, la: LinearAlgebra) => {
    const w = la.multiply(q, k, { transposeA: true }); // [n, n]; row: the later token
    return { ...asymmetryOf(w, 'Q^T K'), 'real-fraction': realFraction(la.eigenvalues(w), 'Q^T K') };
  },
};

export const asymmetry = layerTableStage(import.meta.url, asymmetryTable);
