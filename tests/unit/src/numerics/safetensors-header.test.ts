import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeHeader, readHeader } from '../../../../src/numerics/safetensors-header.ts';
import { type Dtype, tensorFormats } from '../../../../src/numerics/tensor-formats.ts';
import { errorText } from '../../../error-text.ts';

const read = (json: string | Buffer, dataBytes = 8) =>
  readHeader('a', Buffer.from(json as string), dataBytes);
const told = (json: string | Buffer, dataBytes?: number): string => errorText(() => read(json, dataBytes));

const remake = 'remove the file and make it again; if it was made elsewhere, copy it again.';
const bad = (reason: string, expected?: string, hint = remake): string =>
  [
    `BadSafetensors: a is not a usable safetensors file: ${reason}.`,
    ...(expected ? [`  ${expected}`] : []),
    `  hint: ${hint}`,
  ].join('\n');

const entry = (offsets: unknown, shape: unknown = [2], dtype: unknown = 'F32'): string =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

test('a header is one JSON object in UTF-8, padded with spaces at its end alone', () => {
  expect(read(`{"a":${entry([0, 8])}}   `).places.get('a')).toEqual({
    dtype: 'F32',
    shape: [2],
    start: 0,
    end: 8,
  });
  for (const json of ['', '{"a":', '{}\0\0', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])]) {
    expect(told(json)).toBe(bad('its header is not JSON in UTF-8'));
  }
  expect(told('\uFEFF{}')).toBe(bad('its header is not JSON in UTF-8'));
  for (const json of ['[]', 'null', '1', ' {}']) {
    expect(told(json)).toBe(bad('its header is not a JSON object', `expected {; received ${json}`));
  }
});

test('a name given twice is an error, in the header, an entry and the metadata, however it is spelt', () => {
  const one = entry([0, 8]);
  for (const [json, name] of [
    [`{"a":${one},"b":${one},"a":${one}}`, 'a'],
    [`{"a":${one}, "\\u0061" :${one}}`, 'a'],
    ['{"a":{"dtype":"F32","dtype":"I32","shape":[2],"data_offsets":[0,8]}}', 'dtype'],
    ['{"__metadata__":{"x{\\"":"1","x{\\"":"2"}}', 'x{"'],
    ['{"__proto__":{},"__proto__":{}}', '__proto__'],
  ] as const) {
    expect(told(json)).toBe(bad(`its header gives the name '${name}' twice`));
  }
  const text = JSON.stringify('{"shape":1} : , "dtype" \\');
  const long = JSON.stringify({ __metadata__: { a: '"'.repeat(2 ** 22) } });
  expect(read(long, 0).metadata['a']).toHaveLength(2 ** 22);
  expect(read(`{"__metadata__":{"shape":${text}},"shape":${one}}`).metadata).toEqual({
    shape: '{"shape":1} : , "dtype" \\',
  });
});

test('the metadata are text by name', () => {
  for (const value of ['null', '[]', '"x"']) {
    expect(told(`{"__metadata__":${value}}`, 0)).toBe(
      bad('its __metadata__ is not text by name', `expected { "name": "text" }; received ${value}`),
    );
  }
  for (const value of ['null', '{}', '7']) {
    expect(told(`{"__metadata__":{"steps":${value}}}`, 0)).toBe(
      bad("its __metadata__ gives 'steps' something other than text", `expected "text"; received ${value}`),
    );
  }
});

test('an entry is a known type, a shape and a range that the shape fills', () => {
  const wrong = (json: string, expected: string, hint?: string) =>
    expect(told(`{"a":${json}}`)).toBe(bad("its entry for tensor 'a' is wrong", expected, hint));
  for (const json of ['null', '[]', '7']) {
    wrong(json, `expected { dtype, shape, data_offsets }; received ${json}`);
  }
  wrong('{}', 'expected a dtype; received nothing');
  wrong(entry([0, 8], [2], null), 'expected a dtype; received null');
  for (const dtype of ['F8_E4M3', 'F8_E5M2', 'F4', 'C64', 'f32', 'toString']) {
    wrong(
      entry([0, 8], [2], dtype),
      `expected a dtype among ${Object.keys(tensorFormats).join(', ')}; received "${dtype}"`,
      'convert the tensor to one of these types, such as F32, with the library that made the file.',
    );
  }
  for (const shape of [null, 2, '2', [-2], [0.5], [-1, -2], ['2'], [[2]], [2 ** 60], [null]]) {
    wrong(
      entry([0, 8], shape),
      `expected a shape of whole numbers from 0; received ${JSON.stringify(shape)}`,
    );
  }
  for (const offsets of [null, 8, [8], [0, 8, 8], [-8, 0], [0.5, 8.5], ['0', '8'], [0, 2 ** 60]]) {
    wrong(
      entry(offsets),
      `expected data_offsets of two whole numbers from 0; received ${JSON.stringify(offsets)}`,
    );
  }
  for (const offsets of [
    [0, 4],
    [8, 0],
    [0, 12],
  ]) {
    wrong(
      entry(offsets),
      `expected data_offsets 8 bytes apart, for type F32 and shape [2]; received [${offsets}]`,
    );
  }
});

test('tensors fill the data without a hole, an overlap, or bytes that are none of theirs', () => {
  expect(told(`{"a":${entry([0, 8])},"b":${entry([4, 12])}}`, 12)).toBe(
    bad("tensor 'b' overlaps another", 'expected data_offsets from 8; received [4, 12]'),
  );
  expect(told(`{"a":${entry([0, 8])},"b":${entry([0, 8])}}`, 8)).toBe(
    bad("tensor 'b' overlaps another", 'expected data_offsets from 8; received [0, 8]'),
  );
  expect(told(`{"a":${entry([0, 8])},"b":${entry([12, 20])}}`, 20)).toBe(
    bad("no tensor fills the bytes before 'b'", 'expected data_offsets from 8; received [12, 20]'),
  );
  expect(told(`{"a":${entry([0, 8])}}`, 7)).toBe(
    bad('it ends before its data do', 'expected 8 bytes of data; received 7'),
  );
  expect(told(`{"a":${entry([0, 8])}}`, 9)).toBe(
    bad('bytes follow that belong to no tensor', 'expected 8 bytes of data; received 9'),
  );
  const empty = `{"none":${entry([8, 8], [0, 3])},"one":${entry([8, 12], [])},"a":${entry([0, 8])}}`;
  expect([...read(empty, 12).places.keys()]).toEqual(['a', 'none', 'one']);
});

test('a header that was written is read as it was given, whatever the names and the text', () => {
  const dtype = fc.constantFrom(...(Object.keys(tensorFormats) as Dtype[]));
  const name = fc
    .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', '0', '__proto__', '', 'größe', '𝛼'))
    .filter((text) => text !== '__metadata__');
  const tensors = fc.uniqueArray(
    fc.tuple(name, fc.record({ dtype, shape: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }) })),
    { selector: ([of]) => of },
  );
  fc.assert(
    fc.property(tensors, fc.dictionary(name, fc.string({ unit: 'binary' })), (given, metadata) => {
      const bytes = encodeHeader(given, metadata);
      expect(bytes.length % 8).toBe(0);
      expect(Number(bytes.readBigUInt64LE())).toBe(bytes.length - 8);
      const sizes = given.map(
        ([, { dtype: of, shape }]) =>
          tensorFormats[of].bytes * shape.reduce((product, size) => product * size, 1),
      );
      const found = readHeader(
        'a',
        bytes.subarray(8),
        sizes.reduce((sum, size) => sum + size, 0),
      );
      expect(found.metadata).toEqual(metadata);
      expect(
        [...found.places]
          .map(([of, place]) => [of, place.dtype, place.shape, place.end - place.start])
          .sort(),
      ).toEqual(given.map(([of, { dtype: type, shape }], at) => [of, type, shape, sizes[at]]).sort());
    }),
    { seed: 54, numRuns: 40 },
  );
});

test('what is no text is not written', () => {
  const unstorable = (name: string, received: string): string =>
    [
      `UnstorableText: ${name} cannot stand in a header.`,
      `  expected a name and text in Unicode, and not __metadata__; received ${received}`,
      '  hint: this is a fault of the stage that writes the file.',
    ].join('\n');
  const tensor = { dtype: 'F32', shape: [1] } as const;
  expect(errorText(() => encodeHeader([['__metadata__', tensor]], {}))).toBe(
    unstorable('"__metadata__"', '""'),
  );
  expect(errorText(() => encodeHeader([['a\ud800', tensor]], {}))).toBe(unstorable('"a\\ud800"', '""'));
  const notText = { steps: 7 } as unknown as Record<string, string>;
  expect(errorText(() => encodeHeader([], notText))).toBe(unstorable('"steps"', '7'));
});
