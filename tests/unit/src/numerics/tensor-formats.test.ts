import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dtype, tensorFormats } from '../../../../src/numerics/tensor-formats.ts';

const decoded = (dtype: Dtype, ...bytes: number[]): readonly number[] => [
  ...tensorFormats[dtype].decode(Uint8Array.from(bytes).buffer),
];

test('every type is decoded as its standard has it, least byte first', () => {
  expect(decoded('F64', 0, 0, 0, 0, 0, 0, 0xf8, 0x3f)).toEqual([1.5]);
  expect(decoded('F32', 0, 0, 0xc0, 0xbf, 1, 0, 0, 0)).toEqual([-1.5, 2 ** -149]);
  expect(decoded('F16', 0, 0xbe, 0xff, 0x7b, 1, 0, 0, 0x7c)).toEqual([-1.5, 65504, 2 ** -24, Infinity]);
  expect(decoded('BF16', 0xc0, 0xbf, 0x80, 0x7f, 1, 0)).toEqual([-1.5, Infinity, 2 ** -133]);
  expect(decoded('I64', 0xfe, ...Array(7).fill(0xff))).toEqual([-2]);
  expect(decoded('I32', 0xfe, 0xff, 0xff, 0xff)).toEqual([-2]);
  expect(decoded('I16', 0xfe, 0xff)).toEqual([-2]);
  expect(decoded('I8', 0xfe)).toEqual([-2]);
  expect(decoded('U64', 0xfe, 0, 0, 0, 0, 1, 0, 0)).toEqual([2 ** 40 + 254]);
  expect(decoded('U32', 0xfe, 0xff, 0xff, 0xff)).toEqual([2 ** 32 - 2]);
  expect(decoded('U16', 0xfe, 0xff)).toEqual([65534]);
  expect(decoded('U8', 0xfe)).toEqual([254]);
  expect(decoded('BOOL', 0, 1)).toEqual([0, 1]);
});

/** The nearest of all numbers of a 16-bit type, by trying each; of two as near, the one whose last bit is 0. */
const nearest = (dtype: 'F16' | 'BF16', value: number): number => {
  const bits = Uint16Array.from({ length: 2 ** 15 }, (_, at) => at);
  const all = tensorFormats[dtype].decode(bits.buffer);
  let best = 0;
  for (let at = 1; at < all.length && Number.isFinite(all[at]); at += 1) {
    const [distance, shortest] = [
      Math.abs(all[at]! - Math.abs(value)),
      Math.abs(all[best]! - Math.abs(value)),
    ];
    if (distance < shortest || (distance === shortest && at % 2 === 0)) best = at;
  }
  return (value < 0 || Object.is(value, -0) ? -1 : 1) * all[best]!;
};

test('a 16-bit type rounds a float32 to its nearest number, ties to even', () => {
  // The largest number, and the two float32 on either side of where rounding would give an infinity.
  for (const [dtype, most, below, beyond] of [
    ['F16', 65504, 65519.99609375, 65520],
    ['BF16', 3.3895313892515355e38, 3.396177326406364e38, 1.99609375 * 2 ** 127],
  ] as const) {
    const { encode, decode } = tensorFormats[dtype];
    const stored = (value: number) => decode(encode(Float32Array.of(value), 'it').buffer as ArrayBuffer)[0]!;
    const tie = fc.integer({ min: 0, max: 2 ** 14 }).map((at) => {
      const [low, high] = decode(Uint16Array.of(at, at + 1).buffer);
      return (low! + high!) / 2;
    });
    fc.assert(
      fc.property(fc.oneof(fc.float({ noNaN: true, min: -65504, max: 65504 }), tie), (value) => {
        if (Math.abs(value) <= most) expect(stored(value)).toBe(nearest(dtype, value));
      }),
      { seed: 54, numRuns: 40 },
    );
    expect([...[Infinity, -Infinity, NaN, -0].map(stored)]).toEqual([Infinity, -Infinity, NaN, -0]);
    expect(stored(most)).toBe(most);
    expect(stored(below)).toBe(most);
    expect(() => stored(-beyond)).toThrow(`number 0 of it is too large for ${dtype}.`);
  }
});
