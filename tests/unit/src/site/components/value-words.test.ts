import { expect, test } from 'vitest';
import type { PaperData } from '../../../../../src/results/paper-data.ts';
import { valueWords } from '../../../../../src/site/components/value-words.ts';
import { normsTable, shownAs } from '../../results/norms-table.ts';

const norms = normsTable([{ matrix: 'Q', layer: 0, size: 2 }]);
const tables = {
  norms: {
    ...norms,
    key: 'k',
    stages: [],
    reported: null,
    presentation: shownAs(norms, { columns: { matrix: {}, layer: {}, size: { label: '$s$' } } }),
  },
} as unknown as PaperData['tables'];

test.each([
  ['norms.q-layer-0.size', '$s$, Q, layer 0'],
  ['norms.q-layer-0.size.seed-2', '$s$, Q, layer 0, seed 2'],
  ['norms.size.max.seeds.max', '$s$, highest of all rows, highest of all seeds'],
  ['perplexity-gap.seeds.mean', 'perplexity gap'],
  ['norms.q-layer-9.size', undefined],
  ['norms.q-layer-0.gone', undefined],
  ['gone.q-layer-0.size', undefined],
])('%s is %s', (id, words) => {
  expect(valueWords({ tables }, id)).toBe(words);
});
