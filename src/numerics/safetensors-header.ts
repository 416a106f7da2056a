/**
 * The header of a safetensors file, held to the format's specification: `tensor name -> { dtype, shape, data_offsets }`
 * and, under `__metadata__`, text by name. The tensors fill the data without a hole or an overlap.
 *
 * @see https://github.com/huggingface/safetensors#format
 */
import { PaperError } from '../engine/stage/paper-error.ts';
import { type Dtype, formatOf, tensorFormats } from './tensor-formats.ts';

export const badSafetensors = (path: string, reason: string, expected?: string, hint?: string): PaperError =>
  new PaperError('BadSafetensors', `${path} is not a usable safetensors file: ${reason}.`, {
    ...(expected ? { details: [expected] } : {}),
    hint: hint ?? 'remove the file and make it again; if it was made elsewhere, copy it again.',
  });

export type TensorMetadata = Readonly<Record<string, string>>;

/** Where a tensor lies, in bytes from the start of the data. */
export interface TensorPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: TensorMetadata;
  /** In the order of their data. */
  readonly places: ReadonlyMap<string, TensorPlace>;
}

/** How many numbers a shape holds; NaN when it is no shape. */
export const sizeOfShape = (shape: readonly unknown[]): number =>
  shape.reduce<number>(
    (product, size) =>
      Number.isSafeInteger(size) && (size as number) >= 0 ? product * (size as number) : Number.NaN,
    1,
  );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first name that one JSON object gives twice, of which `JSON.parse` would keep the last in silence. */
const repeatedName = (json: string): string | undefined => {
  const open: Set<string>[] = [];
  let start: number | undefined;
  // Sign by sign: an expression for a whole text would exhaust the stack on a long one.
  for (const { 0: sign, index } of json.matchAll(/\\.|"(?:\s*:)?|[{}]/g)) {
    if (start === undefined) {
      if (sign === '{') open.push(new Set());
      else if (sign === '}') open.pop();
      else start = index;
    } else if (sign.startsWith('"')) {
      if (sign.endsWith(':')) {
        const name: string = JSON.parse(json.slice(start, index + 1));
        const names = open.at(-1);
        if (names?.has(name)) return name;
        names?.add(name);
      }
      start = undefined;
    }
  }
  return undefined;
};

const parse = (path: string, bytes: Uint8Array): Readonly<Record<string, unknown>> => {
  let json: string;
  let header: unknown;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(json);
  } catch {
    throw badSafetensors(path, 'its header is not JSON in UTF-8');
  }
  if (!isRecord(header) || !json.startsWith('{')) {
    throw badSafetensors(
      path,
      'its header is not a JSON object',
      `expected {; received ${json.slice(0, 20)}`,
    );
  }
  const repeated = repeatedName(json);
  if (repeated !== undefined) throw badSafetensors(path, `its header gives the name '${repeated}' twice`);
  return header;
};

/** @throws BadSafetensors unless every value is text */
const readMetadata = (path: string, metadata: unknown): TensorMetadata => {
  if (!isRecord(metadata)) {
    throw badSafetensors(
      path,
      'its __metadata__ is not text by name',
      `expected { "name": "text" }; received ${JSON.stringify(metadata)}`,
    );
  }
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      throw badSafetensors(
        path,
        `its __metadata__ gives '${name}' something other than text`,
        `expected "text"; received ${JSON.stringify(value)}`,
      );
    }
  }
  return metadata as TensorMetadata;
};

/** @throws BadSafetensors when the entry is not whole, or its numbers do not fill its range */
const readPlace = (path: string, name: string, entry: unknown): TensorPlace => {
  const bad = (expected: string, received: unknown, hint?: string): PaperError =>
    badSafetensors(
      path,
      `its entry for tensor '${name}' is wrong`,
      `expected ${expected}; received ${JSON.stringify(received) ?? 'nothing'}`,
      hint,
    );
  if (!isRecord(entry)) throw bad('{ dtype, shape, data_offsets }', entry);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string') throw bad('a dtype', dtype);
  if (!Object.hasOwn(tensorFormats, dtype)) {
    throw bad(
      `a dtype among ${Object.keys(tensorFormats).join(', ')}`,
      dtype,
      'convert the tensor to one of these types, such as F32, with the library that made the file.',
    );
  }
  const size = Array.isArray(shape) ? sizeOfShape(shape) : Number.NaN;
  if (Number.isNaN(size)) throw bad('a shape of whole numbers from 0', shape);
  if (!Array.isArray(offsets) || offsets.length !== 2 || Number.isNaN(sizeOfShape(offsets))) {
    throw bad('data_offsets of two whole numbers from 0', offsets);
  }
  const [start, end] = offsets as [number, number];
  const sizeBytes = size * formatOf(dtype as Dtype).bytes;
  if (end - start !== sizeBytes) {
    throw bad(`data_offsets ${sizeBytes} bytes apart, for type ${dtype} and shape [${shape}]`, offsets);
  }
  return { dtype: dtype as Dtype, shape: shape as number[], start, end };
};

/**
 * @param bytes the header alone
 * @param dataBytes how many bytes follow it
 * @throws BadSafetensors
 */
export const readHeader = (path: string, bytes: Uint8Array, dataBytes: number): Header => {
  const { __metadata__: metadata = {}, ...entries } = parse(path, bytes);
  const places = Object.entries(entries)
    .map(([name, entry]) => [name, readPlace(path, name, entry)] as const)
    .sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let filled = 0;
  for (const [name, { start, end }] of places) {
    if (start !== filled) {
      throw badSafetensors(
        path,
        start < filled ? `tensor '${name}' overlaps another` : `no tensor fills the bytes before '${name}'`,
        `expected data_offsets from ${filled}; received [${start}, ${end}]`,
      );
    }
    filled = end;
  }
  if (filled !== dataBytes) {
    throw badSafetensors(
      path,
      filled > dataBytes ? 'it ends before its data do' : 'bytes follow that belong to no tensor',
      `expected ${filled} bytes of data; received ${dataBytes}`,
    );
  }
  return { metadata: readMetadata(path, metadata), places: new Map(places) };
};

const requireText = (name: string, value = ''): void => {
  if (name !== '__metadata__' && typeof value === 'string' && `${name}${value}`.isWellFormed()) return;
  throw new PaperError('UnstorableText', `${JSON.stringify(name)} cannot stand in a header.`, {
    details: [`expected a name and text in Unicode, and not __metadata__; received ${JSON.stringify(value)}`],
    hint: 'this is a fault of the stage that writes the file.',
  });
};

/**
 * A file up to its data: the length, the entries in the order of their data, and spaces that align what follows.
 *
 * @throws UnstorableText when a name or the metadata are not text
 */
export const encodeHeader = (
  tensors: readonly (readonly [name: string, tensor: Pick<TensorPlace, 'dtype' | 'shape'>])[],
  metadata: TensorMetadata,
): Buffer => {
  for (const [name, value] of Object.entries(metadata)) requireText(name, value);
  // As text, since an object has places of its own for names such as 1 and __proto__.
  const entries = [`"__metadata__":${JSON.stringify(metadata)}`];
  let start = 0;
  for (const [name, { dtype, shape }] of tensors) {
    requireText(name);
    const end = start + sizeOfShape(shape) * formatOf(dtype).bytes;
    entries.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, end] })}`);
    start = end;
  }
  const json = Buffer.from(`{${entries.join(',')}}`);
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
};
