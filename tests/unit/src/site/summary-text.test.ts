import { expect, test } from 'vitest';
import { summaryParts, summaryText } from '../../../../src/site/summary-text.ts';

test('code in a summary is told apart where it can be, and unmarked where it cannot', () => {
  const summary = 'From `npm run new` to a table.';
  expect(summaryParts(summary)).toEqual(['From ', 'npm run new', ' to a table.']);
  expect(summaryText(summary)).toBe('From npm run new to a table.');
  expect(summaryParts('Plain.')).toEqual([summaryText('Plain.')]);
});
