/** Frobenius norms of Q, K and V over depth, and V over Q. Paper 54, invariant 2. */
import { frobeniusNorm } from 'reproducible-paper/numerics/matrix';
import { numberColumn } from 'reproducible-paper/results';
import { PaperError } from 'reproducible-paper/stage';
import { initFiguresStage, initTableStage } from './init-table.ts';
import type { LayerTable } from './layer-table.ts';

export const valueCrescendoTable: LayerTable = {
  id: 'value-crescendo',
  columns: [numberColumn('q-norm'), numberColumn('k-norm'), numberColumn('v-norm'), numberColumn('v-over-q')],
  figures: ({ q, k, v }) => {
    const [qNorm, kNorm, vNorm] = [q, k, v].map(frobeniusNorm) as [number, number, number];
    if (qNorm === 0) {
      throw new PaperError('ZeroMatrix', 'Q is zero, so V over Q is not defined.', {
        details: ['expected a positive Frobenius norm; received 0'],
        hint: 'check the run that the weights come from: a trained projection is never zero.',
      });
    }
    return { 'q-norm': qNorm, 'k-norm': kNorm, 'v-norm': vNorm, 'v-over-q': vNorm / qNorm };
  },
};

export const valueCrescendoInit = initFiguresStage(import.meta.url, valueCrescendoTable);
export const valueCrescendo = initTableStage(import.meta.url, valueCrescendoTable);
