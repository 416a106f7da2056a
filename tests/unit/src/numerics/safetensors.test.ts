import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { circularConvolution } from '../../../../src/numerics/circular-convolution.ts';
import {
  float32Of,
  int32Of,
  matrixOf,
  openSafetensors,
  readSafetensors,
  type Tensor,
  tensorOf,
  vectorTensor,
  writeSafetensors,
} from '../../../../src/numerics/safetensors.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';
import { type Dtype, formatOf, tensorFormats } from '../../../../src/numerics/tensor-formats.ts';
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

/** Any numbers that a type can hold, in the array that holds them. */
const anyTensor: fc.Arbitrary<Tensor> = fc
  .constantFrom(...(Object.keys(tensorFormats) as Dtype[]))
  .chain((dtype) => {
    const { array, range } = formatOf(dtype);
    const number = range
      ? fc.maxSafeInteger().map((whole) => Math.min(Math.max(whole, range[0]), range[1]))
      : fc
          .uint8Array({ minLength: 8, maxLength: 8 })
          .map((bytes) => tensorFormats[dtype].decode(bytes.slice().buffer)[0]!);
    return fc
      .array(number, { maxLength: 6 })
      .chain((numbers) =>
        fc
          .constantFrom([numbers.length], [numbers.length, 1], [1, numbers.length, 1])
          .map((shape) => ({ dtype, shape, data: array.from(numbers) })),
      );
  });

test('any numbers of any type are read as they were written, by name and by slice', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), anyTensor),
      fc.nat({ max: 6 }),
      fc.nat({ max: 6 }),
      (tensors, start, end) => {
        writeSafetensors(file, tensors, { run: 'größe' });
        const read = readSafetensors(file);
        expect(read.metadata).toEqual({ run: 'größe' });
        expect([...read.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
        const { reader } = openSafetensors(file);
        for (const [name, tensor] of Object.entries(tensors)) {
          expect(tensorOf(read, name)).toEqual(tensor);
          expect(reader(name).slice(start, end)).toEqual(tensor.data.slice(start, Math.max(start, end)));
        }
      },
    ),
    { seed: 54, numRuns: 40 },
  );
});

test('nothing that its type cannot hold is written', () => {
  const written = (dtype: Dtype, data: Tensor['data']) =>
    told(() => writeSafetensors(file, { a: vectorTensor(dtype, data) }));
  const refused = (dtype: Dtype, details: string): string =>
    [
      `UnstorableTensor: tensor 'a' cannot be written as ${dtype}.`,
      `  ${details}`,
      '  hint: give the tensor the type of its numbers, or convert them where they are made.',
    ].join('\n');
  expect(written('F32', Float64Array.of(1, 2))).toBe(
    refused('F32', 'expected numbers in a Float32Array; received a Float64Array'),
  );
  expect(written('I8', Int32Array.of(127, 128))).toBe(
    refused('I8', 'expected whole numbers from -128 to 127; received 128 at place 1'),
  );
  for (const value of [2 ** 53, -(2 ** 53), 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(written('I64', Float64Array.of(value))).toBe(
      refused(
        'I64',
        `expected whole numbers from -9007199254740991 to 9007199254740991; received ${value} at place 0`,
      ),
    );
  }
  expect(written('F16', Float32Array.of(1, -65520))).toBe(
    [
      "NumberTooLarge: number 1 of tensor 'a' is too large for F16.",
      '  expected at most 65504 in size; received -65520',
      '  hint: store it as F32, or find why it grew: weights of such a size mean that a training diverged.',
    ].join('\n'),
  );
  expect(
    told(() => writeSafetensors(file, { a: { dtype: 'F32', shape: [-1, -1], data: Float32Array.of(1) } })),
  ).toContain("ShapeMismatch: tensor 'a' does not fill its shape [-1,-1].");
});

test('numbers that the array asked for cannot hold are refused, not rounded', () => {
  writeSafetensors(file, {
    a: vectorTensor('F64', Float64Array.of(1, 0.1)),
    b: vectorTensor('I64', Float64Array.of(5)),
  });
  const read = readSafetensors(file);
  for (const [work, array] of [
    [float32Of, 'Float32Array'],
    [int32Of, 'Int32Array'],
  ] as const) {
    expect(told(() => work(read, 'a'))).toBe(
      [
        `BadSafetensors: <folder>/a.safetensors is not a usable safetensors file: tensor 'a' of type F64 holds numbers that a ${array} does not.`,
        '  expected such numbers alone; received 0.1 at place 1',
        '  hint: remove the file and make it again; if it was made elsewhere, copy it again.',
      ].join('\n'),
    );
    expect([...work(read, 'b')]).toEqual([5]);
  }
  expect(told(() => matrixOf(read, 'a'))).toBe(
    [
      "ShapeMismatch: tensor 'a' of <folder>/a.safetensors is no matrix.",
      '  expected a shape of two sizes; received [2]',
      '  hint: the file is of another run or another version; make it again.',
    ].join('\n'),
  );
});

/** A file whose bytes are made by hand. */
const byHand = (header: string, data: Buffer): void => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  writeFileSync(file, Buffer.concat([length, Buffer.from(header), data]));
};

test('whole numbers that a float64 does not tell apart, and truths other than 0 and 1, are refused', () => {
  const sixtyFour = (dtype: 'I64' | 'U64', value: bigint): string => {
    const data = Buffer.alloc(8);
    data.writeBigUInt64LE(BigInt.asUintN(64, value));
    byHand(`{"a":{"dtype":"${dtype}","shape":[],"data_offsets":[0,8]}}`, data);
    return told(() => readSafetensors(file));
  };
  expect(sixtyFour('I64', 2n ** 53n + 1n)).toBe(
    [
      "BadSafetensors: <folder>/a.safetensors is not a usable safetensors file: number 0 of tensor 'a' is not one that is read from type I64.",
      '  expected whole numbers from -9007199254740991 to 9007199254740991; received about 9007199254740992',
      '  hint: remove the file and make it again; if it was made elsewhere, copy it again.',
    ].join('\n'),
  );
  expect(sixtyFour('I64', -(2n ** 53n))).toContain('received about -9007199254740992');
  expect(sixtyFour('U64', 2n ** 64n - 1n)).toContain('received about 18446744073709552000');
  expect(sixtyFour('I64', -(2n ** 53n) + 1n)).toBe('nothing was thrown');
  byHand('{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}', Buffer.from([1, 2]));
  expect(told(() => openSafetensors(file).reader('a').slice(0, 2))).toContain(
    'expected whole numbers from 0 to 1; received about 2',
  );
});

test('data that are not aligned are read', () => {
  byHand('{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}} ', Buffer.from(Float64Array.of(1.5).buffer));
  expect(tensorOf(readSafetensors(file), 'a').data).toEqual(Float64Array.of(1.5));
});

test('what is no file, or has no header, is named, and so is a slice that is none', () => {
  const bad = (reason: string) =>
    `BadSafetensors: <folder>/a.safetensors is not a usable safetensors file: ${reason}.`;
  rmSync(file);
  expect(told(() => readSafetensors(file))).toContain(bad('there is no such file'));
  mkdirSync(file);
  expect(told(() => openSafetensors(file))).toContain(bad('it is no regular file'));
  rmSync(file, { recursive: true });
  writeFileSync(file, Buffer.alloc(7));
  expect(told(() => readSafetensors(file))).toContain(bad('its header is longer than the file'));
  writeSafetensors(file, { a: vectorTensor('F32', Float32Array.of(1)) });
  const { reader } = openSafetensors(file);
  for (const [start, end] of [
    [-1, 1],
    [0.5, 1],
    [0, Number.NaN],
  ] as const) {
    expect(told(() => reader('a').slice(start, end))).toBe(
      [
        'BadSlice: a slice of a tensor starts and ends at whole numbers from 0.',
        `  expected such numbers; received ${start} to ${end}`,
        '  hint: this is a fault of the stage that reads the file.',
      ].join('\n'),
    );
  }
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
    'it ends before its data do.\n  expected 4 bytes of data; received 3',
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
