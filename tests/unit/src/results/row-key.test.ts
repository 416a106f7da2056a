import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentFault } from '../../../../src/results/content-fault.ts';
import type { ResultInput } from '../../../../src/results/result-schema.ts';
import { rowKey } from '../../../../src/results/row-key.ts';

const columns = [
  { id: 'method', unit: null },
  { id: 'loss', unit: '1' },
];

const methods = (...names: readonly (string | number)[]): ResultInput => ({
  kind: 'table',
  id: 'ladder',
  run: null,
  columns,
  rows: names.map((method) => ({ method, loss: 1 })),
});

test('a row is named by the letters and digits of its words, of any script', () => {
  const named = (method: string | number) => rowKey({ columns }, { method, loss: 1 });
  expect(['CT + SFT', 'Größe (Maß)', 'Ω', '変数 ２', 'K₂', 'é'.normalize('NFD')].map(named)).toEqual([
    'ct-sft',
    'größe-maß',
    'ω',
    '変数-２',
    'k',
    'é',
  ]);
  expect([0, 0.5, -2, 1e-7, 1e21].map(named)).toEqual([
    'method-0',
    'method-0-5',
    'method-minus-2',
    'method-1e-minus-7',
    'method-1e-21',
  ]);
});

test('two rows of one name are an error that gives both labels', () => {
  for (const [a, b, name] of [
    ['C', 'C++', 'c'],
    ['a b', 'a-b', 'a-b'],
    ['Adam', 'adam', 'adam'],
    ['K₂', 'K', 'k'],
    ['Straße', 'STRAßE', 'straße'],
  ] as const) {
    expect(contentFault(methods('x', a, b))).toEqual({
      path: ['rows', 2],
      message: `rows 1 and 2 of table 'ladder' are both named '${name}'`,
      details: [
        `row 1 has '${a}'; row 2 has '${b}'`,
        'a name has letters and digits alone, in lower case: tell the rows apart by them, or by one more key column',
      ],
    });
  }
});

test('a row of signs alone has no name', () => {
  for (const word of ['', '++', '$', '☃', ' ']) {
    expect(contentFault(methods('x', word))).toEqual({
      path: ['rows', 1],
      message: `row 1 of table 'ladder' has '${word}' to name it`,
      details: ['expected a letter or a digit; received none'],
    });
  }
});

test('any two rows have two names or are refused', () => {
  const label = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[aAbé1 +-]{0,4}$/),
    fc.double({ noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(label, { minLength: 2, maxLength: 4 }), (names) => {
      // A column of words and numbers is refused before.
      const alike = names.filter((name) => typeof name === typeof names[0]);
      if (contentFault(methods(...alike))) return;
      const keys = alike.map((method) => rowKey({ columns }, { method, loss: 1 }));
      expect(new Set(keys).size).toBe(alike.length);
      expect(keys).not.toContain('');
    }),
    { seed: 54 },
  );
});
