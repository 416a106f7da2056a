import { numberColumn } from 'reproducible-paper/results';
import { type LayerTable, layerTableStage } from './layer-table.ts';
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

export const spectralTwinning = layerTableStage(import.meta.url, spectralTwinningTable);
