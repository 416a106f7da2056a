/** numpy's check of T1 to T5 and the band energies. */
import { cell, holdCheck } from './hold-check.ts';

holdCheck(
  'independent-view-check',
  [
    'band-energy',
    'band-energy-ete',
    'band-energy-output',
    'correlations-by-layer',
    'gauge-null',
    'gauge-test',
    'gauge-test-by-seed',
    'input-null',
    'mean-correlations',
    'statistics-beyond-r',
  ],
  [
    [
      'a correlation',
      { stage: 'correlations.seed-2', ...cell('correlations-by-layer', { matrix: 'K', layer: 1 }, 'window') },
      /'correlations-by-layer', seed 2, matrix K, layer 1, window: numpy finds/,
    ],
    [
      'a band on the output side',
      { stage: 'band-energy.seed-1', ...cell('band-energy-output', { band: '64-128' }, 'v') },
      /'band-energy-output', seed 1, band 64-128, v: numpy finds/,
    ],
    [
      'a law',
      { stage: 'view-test', ...cell('gauge-test', { matrix: 'Q', view: 'k2' }, 'by-law', 'sd') },
      /'gauge-test', matrix Q, view k2, by-law-null-sd: numpy finds/,
    ],
    [
      'the mean of a null of T4',
      {
        stage: 'view-test',
        ...cell('statistics-beyond-r', { statistic: 'procrustes' }, 'found', 'mean', 1.5),
      },
      /input-null, procrustes of Q and k2: the draws of the null have another mean than they should/,
    ],
  ],
);
