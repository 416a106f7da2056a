import { expect, test } from 'vitest';
import { formatCsv } from '../../../../src/results/format-csv.ts';
import { formatCell, formatValue } from '../../../../src/results/format-value.ts';

test('numbers are printed as their column asks', () => {
  expect(formatValue(1234.5678, { style: 'fixed', digits: 2 })).toBe('1234.57');
  expect(formatValue(-0.5, { style: 'signed', digits: 1 })).toBe('−0.5');
  expect(formatValue(0.5, { style: 'signed', digits: 1 })).toBe('+0.5');
  expect(formatValue(0.0273, { style: 'share', digits: 1 })).toBe('2.7\u202f%');
  expect(formatValue(10160384, { style: 'count' })).toBe('10,160,384');
  const three = { style: 'significant', digits: 3 } as const;
  expect(
    [0.00068688, 0.99966, 15.1486, -142.97, 1234.5, 0].map((value) => formatValue(value, three)),
  ).toEqual(['0.000687', '1.00', '15.1', '−143', '1230', '0.00']);
  expect(formatValue(0.00031, { style: 'scientific', digits: 1 })).toBe('3.1\u202f×\u202f10^−4');
});

test('an id is printed as the words that its column has for it', () => {
  const words = { 'q-k2': 'Q and K₂' };
  expect(formatCell('q-k2', { words })).toBe('Q and K₂');
  expect(formatCell('q-k3', { words })).toBe('q-k3');
  expect(formatCell('v1', {})).toBe('v1');
  expect(formatCell(0.5, { format: { style: 'fixed', digits: 2 } })).toBe('0.50');
  expect(formatCell(null, { words })).toBe('–');
});

test('a number that rounds to zero has no sign', () => {
  expect(formatValue(-0.0001, { style: 'fixed', digits: 2 })).toBe('0.00');
  expect(formatValue(-0.0001, { style: 'signed', digits: 2 })).toBe('0.00');
  expect(formatValue(0.0001, { style: 'signed', digits: 2 })).toBe('0.00');
});

test('what is not defined is a dash, and a word stays a word', () => {
  expect(formatValue(null, undefined)).toBe('–');
  expect(formatValue('v1', undefined)).toBe('v1');
});

test('CSV quotes what would break a line', () => {
  expect(
    formatCsv(
      ['a', 'b'],
      [
        { a: 'x,"y"', b: 0.1 },
        { a: null, b: -2 },
      ],
    ),
  ).toBe('a,b\r\n"x,""y""",0.1\r\n,-2\r\n');
});
