import { expect, test } from 'vitest';
import { searchedText } from '../../../../../src/site/search/searched-text.ts';

test('an index above or below is spelt in one way, and a name keeps its words', () => {
  for (const same of ['K2T', 'K₂ᵀ', 'K2⊤', 'K_2^T', 'K_{2}^{\\top}', 'K_2^\\top']) {
    expect(searchedText(same)).toBe('K2T');
  }
  expect(searchedText('W_{QK} of mean_abs and x_10')).toBe('WQK of mean_abs and x10');
});
