import { expect, test } from 'vitest';
import { expressionReads } from '../../../../src/figures/expression-fields.ts';

test('fields are those of a row, by name; a name that is computed and words that look like one are none', () => {
  expect(expressionReads("datum.loss / datum['q-norm'] + datum[datum.series + '-low']").fields).toEqual([
    'loss',
    'q-norm',
    'series',
  ]);
  expect(expressionReads("'datum.loss'").fields).toEqual([]);
});

test('an expression that reads no row is told, and so is chance; a word alone is a word', () => {
  expect(expressionReads('2 * PI')).toEqual({ fields: [], datum: false, chance: [], word: false });
  expect(expressionReads('datum.x + random() + now()').chance).toEqual(['random', 'now']);
  expect(expressionReads("'computed'").word).toBe(true);
});

test('what is no expression is refused in the words of Vega', () => {
  expect(() => expressionReads('datum.x +')).toThrow('Unexpected end of input');
});
