import { expect, test } from 'vitest';
import { publishedText } from '../../../../../src/site/client/published-text.ts';

test.each([
  [0, ''],
  [1, '; later code was shown to make it once'],
  [2, '; later code was shown to make it twice'],
  [9, '; later code was shown to make it 9 times'],
])('a published run that was attested %i times says so', (attestations, words) => {
  expect(publishedText({ when: '2026-01-02T03:04:05.000Z', attestations })).toBe(
    `a published run, made 2026-01-02 03:04 UTC and not in this build${words}`,
  );
});
