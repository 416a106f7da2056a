/**
 * Whether Q and K share a spectrum: KL divergences of the plain normalised singular values from each other, and
 * from the quarter circle that a square random matrix follows (Marchenko and Pastur 1967). Paper 54, invariant 1.
 */
import { quarterCircleQuantiles, spectralDivergence } from 'reproducible-paper/numerics/spectrum';
import { numberColumn } from 'reproducible-paper/results';
import { gaussianNullStage, type LayerTable, layerTableStage } from './layer-table.ts';

export const spectralTwinningTable: LayerTable = {
  id: 'spectral-twinning',
  columns: [
    numberColumn('kl-q-k', 'nats'),
    numberColumn('kl-q-v', 'nats'),
    numberColumn('kl-q-mp', 'nats'),
    numberColumn('kl-k-mp', 'nats'),
    numberColumn('kl-v-mp', 'nats'),
  ],
  figures: ({ q, k, v }, la) => {
    const [sigmaQ, sigmaK, sigmaV] = [q, k, v].map((a) => la.singularValues(a)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const spectra = {
      q: { name: 'Q', sigma: sigmaQ },
      k: { name: 'K', sigma: sigmaK },
      v: { name: 'V', sigma: sigmaV },
      mp: { name: 'the quarter circle', sigma: quarterCircleQuantiles(q.rows) },
    };
    return {
      'kl-q-k': spectralDivergence(spectra.q, spectra.k),
      'kl-q-v': spectralDivergence(spectra.q, spectra.v),
      'kl-q-mp': spectralDivergence(spectra.q, spectra.mp),
      'kl-k-mp': spectralDivergence(spectra.k, spectra.mp),
      'kl-v-mp': spectralDivergence(spectra.v, spectra.mp),
    };
  },
};

export const spectralTwinningNull = gaussianNullStage(import.meta.url, spectralTwinningTable);
export const spectralTwinning = layerTableStage(import.meta.url, spectralTwinningTable);
