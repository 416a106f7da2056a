import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Format } from '../../../../src/results/format.ts';
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

/** A printed number read back: signs, commas and powers. */
const readBack = (text: string): number =>
  Number(
    text
      .replaceAll('−', '-')
      .replaceAll(',', '')
      .replace(/^\+/, '')
      .replace(/\u202f×\u202f10\^/, 'e'),
  );

const formats: readonly (Format | undefined)[] = [
  undefined,
  { style: 'count' },
  ...[0, 2, 12].flatMap((digits) =>
    (['fixed', 'signed', 'share', 'scientific'] as const).map((style) => ({ style, digits })),
  ),
  ...[1, 4, 12].map((digits) => ({ style: 'significant', digits }) as const),
];

/** How far off a printed number may be: half of its last digit. */
const precisionOf = (format: Format | undefined, value: number): number => {
  if (!format) return 0;
  const relative = (digits: number): number => Math.abs(value) * 10 ** -digits;
  if (format.style === 'count') return 0.5;
  if (format.style === 'scientific') return relative(format.digits);
  if (format.style === 'significant') return relative(format.digits - 1);
  const scale = format.style === 'share' ? 100 : 1;
  return Math.max(
    (0.5 * 10 ** -format.digits) / scale,
    Math.abs(value) * scale >= 1e21 ? relative(format.digits) : 0,
  );
};

test('every finite number is printed in every format, and is read back within its last digit', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: -1000, max: 1000 }),
    fc.constantFrom(
      0,
      -0,
      1e21,
      -1e21,
      5e-324,
      1.7976931348623157e308,
      1e-7,
      999_999,
      0.0000009999996,
      -0.3,
      1e19,
      0.5,
    ),
  );
  fc.assert(
    fc.property(number, fc.constantFrom(...formats), (value, format) => {
      const text = formatValue(value, format);
      expect(text).toMatch(/^[+−]?\d{1,3}(,?\d{3})*\d*(\.\d+)?(\u202f×\u202f10\^−?\d+)?(\u202f%)?$/);
      expect(text).not.toMatch(/^[+−][0.]+(\u202f%)?$/);
      const read = readBack(text.replace('\u202f%', '')) / (text.endsWith('%') ? 100 : 1);
      // 1e-9: what a division by 100, and rounding to the nearest double, add.
      const off = precisionOf(format, value) * (1 + 1e-9) + Math.abs(value) * 1e-15;
      if (Number.isFinite(read)) expect(Math.abs(read - value)).toBeLessThanOrEqual(off);
    }),
    { seed: 54, numRuns: 1000 },
  );
});

test('numbers beyond what digits can show are powers, and none prints a negative zero', () => {
  const of = (value: number) => formats.map((format) => formatValue(value, format));
  expect(formatValue(1e21, undefined)).toBe('1\u202f×\u202f10^21');
  expect(formatValue(-1.5e300, { style: 'fixed', digits: 2 })).toBe('−1.50\u202f×\u202f10^300');
  expect(formatValue(1.5e21, { style: 'signed', digits: 1 })).toBe('+1.5\u202f×\u202f10^21');
  expect(formatValue(1.7e308, { style: 'share', digits: 1 })).toBe('1.7\u202f×\u202f10^310\u202f%');
  expect(formatValue(1.25e21, { style: 'count' })).toBe('1.25\u202f×\u202f10^21');
  expect(formatValue(5e-324, { style: 'significant', digits: 2 })).toBe('4.9\u202f×\u202f10^−324');
  expect(formatValue(-1e-7, undefined)).toBe('−1\u202f×\u202f10^−7');
  expect(formatValue(-0.3, { style: 'count' })).toBe('0');
  for (const text of [...of(-0), ...of(-5e-324).slice(1, 2)]) expect(text).not.toContain('−');
});
