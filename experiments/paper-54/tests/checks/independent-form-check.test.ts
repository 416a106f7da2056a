/** numpy's check of T6 and its nulls. */
import { cell, holdCheck, line } from './hold-check.ts';

holdCheck(
  'independent-form-check',
  [
    'form-energy',
    'form-haar',
    'form-haar-rms',
    'form-labels',
    'form-signs',
    'form-symmetry',
    'form-test',
    'form-test-by-distance',
    'form-test-summary',
    'form-test.csv',
    'symmetry-null',
    'trace-by-layer',
    'whole-forms',
  ],
  [
    [
      'a head at a distance',
      {
        stage: 'form-cells.seed-2',
        ...line('1,0,qk,free,3,K_3_skip,antisymmetric', 'cosine', (x) => x * 1.01),
      },
      /'form-test.csv', seed 2, layer 1, head 0, form qk, frequency free, delta 3, view K_3_skip, part antisymmetric, cosine: numpy finds/,
    ],
    [
      'the mean of a null of T6',
      { stage: 'form-cells.seed-1', ...line('0,sum,ov,free,0,K_2_T,whole', 'labels-mean', (x) => x + 1) },
      /form-labels, seed 1, layer 0, head sum, ov free 0 K_2_T whole: the draws of the null have another mean/,
    ],
    [
      'an energy',
      { stage: 'form-structure.seed-1', ...cell('form-energy', { layer: 1 }, 'one-identity') },
      /'form-energy', seed 1, layer 1, one-identity: numpy finds/,
    ],
    [
      'a strength that the positive control gives',
      {
        stage: 'form-test-summary',
        ...cell(
          'form-test-summary',
          { form: 'qk', frequency: 'free', view: 'K_2_T', statistic: 'rms' },
          'alpha',
        ),
      },
      /'form-test-summary', form qk, frequency free, view K_2_T, part whole, statistic rms, alpha: numpy finds/,
    ],
  ],
);
