import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { circularConvolution } from '../../../../src/numerics/circular-convolution.ts';
import {
  openSafetensors,
  readSafetensors,
  tensorOf,
  vectorTensor,
  writeSafetensors,
} from '../../../../src/numerics/safetensors.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { errorText } from '../../../error-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
const file = join(folder, 'a.safetensors');
afterAll(() => rmSync(folder, { recursive: true }));

const told = (work: () => unknown): string => errorText(work).replaceAll(folder, '<folder>');

test('what is written is read, whatever its type', () => {
  const tensors = {
    wide: { dtype: 'F64', shape: [1, 2], data: Float64Array.of(Math.PI, -0) },
    single: vectorTensor('F32', Float32Array.of(1.5, 2 ** -140)),
    whole: vectorTensor('I32', Int32Array.of(-7, 2 ** 31 - 1)),
  } as const;
  writeSafetensors(file, tensors, { run: 'v1' });
  const { tensors: read, metadata } = readSafetensors(file);
  expect(Object.fromEntries(read)).toEqual(tensors);
  expect(metadata).toEqual({ run: 'v1' });
});

test('half precision rounds to the nearest, ties to even', () => {
  const values = Float32Array.of(1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 65504, 2 ** -24, -0.1, 0);
  writeSafetensors(file, { half: vectorTensor('F16', values) });
  const [one, tie, up, largest, smallest, tenth, zero] = tensorOf(readSafetensors(file), 'half').data;
  expect([one, tie, up, largest, smallest, zero]).toEqual([1, 1, 1 + 2 ** -9, 65504, 2 ** -24, 0]);
  expect(tenth).toBeCloseTo(-0.1, 4);
});

test('equal tensors give equal bytes, whatever the order of their names', () => {
  const [a, b] = [vectorTensor('F32', Float32Array.of(1)), vectorTensor('F32', Float32Array.of(2))];
  writeSafetensors(file, { a, b });
  const first = readFileSync(file);
  writeSafetensors(file, { b, a });
  expect(readFileSync(file)).toEqual(first);
});

test('a slice is read from its place, whatever the type, and ends where the tensor ends', () => {
  const numbers = Float64Array.from({ length: 12 }, (_, at) => at / 2);
  const tensors = {
    wide: { dtype: 'F64', shape: [3, 4], data: numbers },
    single: vectorTensor('F32', Float32Array.from(numbers)),
    half: vectorTensor('F16', Float32Array.from(numbers)),
    whole: vectorTensor('I32', Int32Array.from(numbers)),
  } as const;
  writeSafetensors(file, tensors, { run: 'v1' });
  const { metadata, reader } = openSafetensors(file);
  expect(metadata).toEqual({ run: 'v1' });
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    expect(reader(name)).toMatchObject({ shape, length: 12 });
    for (const [start, end] of [
      [0, 12],
      [3, 7],
      [10, 99],
      [12, 12],
      [99, 3],
    ] as const) {
      expect(reader(name).slice(start, end)).toEqual(data.slice(start, end));
    }
  }
  expect(told(() => reader('b'))).toBe(
    [
      "TensorMissing: <folder>/a.safetensors holds no tensor 'b'.",
      '  it holds half, single, whole, wide',
      '  hint: the file is of another run or another version; make it again.',
    ].join('\n'),
  );
});

test('a tensor written in pieces is the same file, and its pieces must fill its shape', () => {
  const [a, b] = [Int32Array.of(1, 2, 3, 4, 5), vectorTensor('F16', Float32Array.of(1.5))];
  writeSafetensors(file, { a: vectorTensor('I32', a), b });
  const whole = readFileSync(file);
  const inPieces = (pieces: readonly Int32Array[]) =>
    writeSafetensors(file, { b, a: { dtype: 'I32', shape: [5], pieces } });
  inPieces([a.subarray(0, 2), a.subarray(2, 2), a.subarray(2)]);
  expect(readFileSync(file)).toEqual(whole);
  expect(told(() => inPieces([a, a]))).toBe(
    [
      "ShapeMismatch: tensor 'a' does not fill its shape [5].",
      '  expected 5 numbers; received 10',
      '  hint: this is a fault of the stage that writes the file.',
    ].join('\n'),
  );
});

test('what is no such file, or lacks a tensor, or does not fill its shape is named', () => {
  writeFileSync(file, 'nothing of the kind');
  expect(told(() => readSafetensors(file))).toBe(
    [
      'BadSafetensors: <folder>/a.safetensors is not a usable safetensors file: its header is longer than the file.',
      '  hint: remove the file and make it again; if it was made elsewhere, copy it again.',
    ].join('\n'),
  );
  writeSafetensors(file, { a: vectorTensor('F32', Float32Array.of(1)) });
  expect(told(() => tensorOf(readSafetensors(file), 'b'))).toBe(
    [
      "TensorMissing: <folder>/a.safetensors holds no tensor 'b'.",
      '  it holds a',
      '  hint: the file is of another run or another version; make it again.',
    ].join('\n'),
  );
  writeFileSync(file, readFileSync(file).subarray(0, -1));
  expect(told(() => readSafetensors(file))).toContain(
    "tensor 'a' of type F32 and shape [1] does not fit its 4 bytes",
  );
  expect(
    told(() => writeSafetensors(file, { a: { dtype: 'F32', shape: [3], data: Float32Array.of(1) } })),
  ).toBe(
    [
      "ShapeMismatch: tensor 'a' does not fill its shape [3].",
      '  expected 3 numbers; received 1',
      '  hint: this is a fault of the stage that writes the file.',
    ].join('\n'),
  );
});

test('a circular convolution by FFT is the sum by definition', () => {
  for (const n of [1, 2, 7, 12, 128]) {
    const random = seededRandom(n, 'convolution');
    const [a, b] = [random.normals(n), random.normals(n)];
    const found = circularConvolution(a, b);
    for (let i = 0; i < n; i += 1) {
      let sum = 0;
      for (let j = 0; j < n; j += 1) sum += a[j]! * b[(i - j + n) % n]!;
      // log2(256) butterflies in float64.
      expect(found[i]).toBeCloseTo(sum, 10);
    }
  }
});

test('random streams are independent by name, alike by seed, and normal', () => {
  const draws = seededRandom(54, 'a').normals(40_000);
  expect(seededRandom(54, 'a').normals(40_000)).toEqual(draws);
  expect(seededRandom(54, 'b').normals(5)).not.toEqual(draws.slice(0, 5));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  // Four standard errors: 4 / sqrt(40000), and sqrt(2) times that.
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.029);
});

test('a shuffle is a permutation', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 0, max: 99 }), (items, seed) => {
      const shuffled = seededRandom(seed, 'shuffle').shuffle(items);
      expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
    }),
    { seed: 54 },
  );
});
