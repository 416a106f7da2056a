import { expect, test } from 'vitest';
import { verdictText } from '../../../../src/site/claim-counts.ts';

test('one predicate holds, and several hold', () => {
  expect(verdictText({ verdict: 'holds', count: 1 }, 'predicate')).toBe('1 predicate holds');
  expect(verdictText({ verdict: 'fails', count: 2 }, 'predicate')).toBe('2 predicates fail');
  expect(verdictText({ verdict: 'undecided', count: 1 })).toBe('1 is undecided');
  expect(verdictText({ verdict: 'undecided', count: 3 })).toBe('3 are undecided');
});
