/**
 * Whether Q and K share a spectrum: KL divergences of the plain normalised singular values from each other, and
 * from the quarter circle that a square random matrix follows (Marchenko and Pastur 1967). Paper 54, invariant 1.
 */

import { numberColumn } from '../../../src/results/index.ts';
import { gaussianNullStage, type LayerTable, layerTableStage } from './layer-table.ts';
import { twinningFigures } from './twinning-figures.ts';

export const spectralTwinningTable: LayerTable = {
  id: 'spectral-twinning',
  columns: [
    numberColumn('kl-q-k', 'nats'),
    numberColumn('kl-q-v', 'nats'),
    numberColumn('kl-q-mp', 'nats'),
    numberColumn('kl-k-mp', 'nats'),
    numberColumn('kl-v-mp', 'nats'),
  ],
  figures: twinningFigures,
};

export const spectralTwinningNull = gaussianNullStage(import.meta.url, spectralTwinningTable);
export const spectralTwinning = layerTableStage(import.meta.url, spectralTwinningTable);
