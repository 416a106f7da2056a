/**
 * The safetensors format: an 8-byte length, a JSON header (name -> dtype, shape, offsets), then the data.
 * Names are written sorted, so that equal tensors give equal bytes.
 */
import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { PaperError } from '../engine/stage/paper-error.ts';
import { type Matrix, matrix } from './matrix.ts';
import {
  badSafetensors,
  encodeHeader,
  type Header,
  readHeader,
  sizeOfShape,
  type TensorMetadata,
} from './safetensors-header.ts';
import { type Dtype, firstOutOfRange, formatOf, type TensorData } from './tensor-formats.ts';

export interface Tensor {
  /** Says which array holds its numbers (see `tensorFormats`): F16, for one, is decoded to and encoded from float32. */
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** A tensor whose numbers come in pieces, in order, so that it is never whole in memory. */
export interface PiecewiseTensor extends Omit<Tensor, 'data'> {
  readonly pieces: Iterable<TensorData>;
}

export interface Safetensors {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: TensorMetadata;
}

/** A tensor left in its file: numbers are read from their places when they are asked for. */
export interface TensorReader extends Omit<Tensor, 'data'> {
  /** Numbers in all. */
  readonly length: number;
  /**
   * Numbers `start` to before `end` in row order; fewer where the tensor ends before.
   *
   * @throws BadSlice
   */
  slice(start: number, end: number): TensorData;
}

/** A file of which only the header was read. */
export interface SafetensorsHeader {
  readonly metadata: TensorMetadata;
  /** @throws TensorMissing */
  readonly reader: (name: string) => TensorReader;
}

const withFile = <T>(path: string, flags: 'r' | 'w', work: (file: number) => T): T => {
  const file = openSync(path, flags);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
};

// One call reads less than 2 GiB.
const mostBytesAtOnce = 2 ** 30;

/** A buffer of its own, so that numbers in it are aligned. */
const readBytes = (path: string, file: number, start: number, end: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(end - start);
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, Math.min(bytes.length - done, mostBytesAtOnce), start + done);
    if (read === 0) throw badSafetensors(path, `it ends at byte ${start + done}`);
    done += read;
  }
  return bytes;
};

// The specification's.
const mostHeaderBytes = 100_000_000;

interface Layout extends Header {
  /** Where the data start, in bytes from the file's start. */
  readonly dataStart: number;
}

const readLayout = (path: string, file: number, size: number): Layout => {
  const headerBytes =
    size >= 8
      ? new DataView(readBytes(path, file, 0, 8).buffer).getBigUint64(0, true)
      : Number.POSITIVE_INFINITY;
  if (headerBytes > size - 8) throw badSafetensors(path, 'its header is longer than the file');
  if (headerBytes > mostHeaderBytes) {
    throw badSafetensors(
      path,
      'its header is longer than the format allows',
      `expected at most ${mostHeaderBytes} bytes; received ${headerBytes}`,
    );
  }
  const dataStart = 8 + Number(headerBytes);
  return { ...readHeader(path, readBytes(path, file, 8, dataStart), size - dataStart), dataStart };
};

/** @throws BadSafetensors when there is no such file */
const withLayout = <T>(path: string, work: (layout: Layout, file: number) => T): T => {
  // Asked before it is opened: to open a pipe would wait for its writer.
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw badSafetensors(path, stat ? 'it is no regular file' : 'there is no such file');
  return withFile(path, 'r', (file) => work(readLayout(path, file, stat.size), file));
};

/** @throws BadSafetensors when whole numbers are beyond what their array tells apart */
const decode = (
  path: string,
  name: string,
  dtype: Dtype,
  { buffer }: Uint8Array<ArrayBuffer>,
): TensorData => {
  const { decode: decodeAll, range } = formatOf(dtype);
  const data = decodeAll(buffer);
  const at = firstOutOfRange(dtype, data);
  if (at < 0 || !range) return data;
  throw badSafetensors(
    path,
    `number ${at} of tensor '${name}' is not one that is read from type ${dtype}`,
    `expected whole numbers from ${range[0]} to ${range[1]}; received about ${data[at]}`,
  );
};

/**
 * Whole numbers of 64 bits beyond 2^53, which a float64 does not tell apart, are refused.
 *
 * @throws BadSafetensors when the header or the data are not as the format's specification has them
 */
export const readSafetensors = (path: string): Safetensors =>
  withLayout(path, ({ metadata, places, dataStart }, file) => {
    const tensors = [...places].map(([name, { dtype, shape, start, end }]) => {
      const bytes = readBytes(path, file, dataStart + start, dataStart + end);
      return [name, { dtype, shape, data: decode(path, name, dtype, bytes) }] as const;
    });
    return { path, tensors: new Map(tensors), metadata };
  });

const requirePlaces = (...places: readonly number[]): void => {
  if (places.every((place) => place >= 0 && (Number.isInteger(place) || place === Number.POSITIVE_INFINITY)))
    return;
  throw new PaperError('BadSlice', 'a slice of a tensor starts and ends at whole numbers from 0.', {
    details: [`expected such numbers; received ${places.join(' to ')}`],
    hint: 'this is a fault of the stage that reads the file.',
  });
};

/** Reads the header alone. Throws as `readSafetensors` does. */
export const openSafetensors = (path: string): SafetensorsHeader => {
  const { metadata, places, dataStart } = withLayout(path, (layout) => layout);
  const reader = (name: string): TensorReader => {
    const { dtype, shape, start: first, end: last } = namedIn(path, places, name);
    const { bytes } = formatOf(dtype);
    const at = (index: number): number => dataStart + Math.min(first + index * bytes, last);
    return {
      dtype,
      shape,
      length: (last - first) / bytes,
      slice: (start, end) => {
        requirePlaces(start, end);
        // Opened for each slice, so that nobody has a file to close.
        const stored = withFile(path, 'r', (file) =>
          readBytes(path, file, at(start), at(Math.max(start, end))),
        );
        return decode(path, name, dtype, stored);
      },
    };
  };
  return { metadata, reader };
};

const requireFilled = (name: string, shape: readonly number[], received: number): void => {
  const expected = sizeOfShape(shape);
  if (expected === received) return;
  throw new PaperError('ShapeMismatch', `tensor '${name}' does not fill its shape [${shape}].`, {
    details: [`expected ${expected} numbers; received ${received}`],
    hint: 'this is a fault of the stage that writes the file.',
  });
};

/** @throws UnstorableTensor, NumberTooLarge */
const encode = (name: string, dtype: Dtype, data: TensorData): Uint8Array => {
  const { array, range, encode: encodeAll } = formatOf(dtype);
  const unstorable = (expected: string, received: string): PaperError =>
    new PaperError('UnstorableTensor', `tensor '${name}' cannot be written as ${dtype}.`, {
      details: [`expected ${expected}; received ${received}`],
      hint: 'give the tensor the type of its numbers, or convert them where they are made.',
    });
  if (!(data instanceof array)) throw unstorable(`numbers in a ${array.name}`, `a ${data.constructor.name}`);
  const at = firstOutOfRange(dtype, data);
  if (range && at >= 0)
    throw unstorable(`whole numbers from ${range[0]} to ${range[1]}`, `${data[at]} at place ${at}`);
  const stored = encodeAll(data, `tensor '${name}'`);
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
};

/**
 * @throws ShapeMismatch when a tensor's data do not fill its shape; UnstorableTensor when they are not of its type;
 * NumberTooLarge when its type would make an infinity of one; UnstorableText when a name or the metadata are not text
 */
export const writeSafetensors = (
  path: string,
  tensors: Readonly<Record<string, Tensor | PiecewiseTensor>>,
  metadata: TensorMetadata = {},
): void => {
  const names = Object.keys(tensors).sort();
  const header = encodeHeader(
    names.map((name) => [name, tensors[name]!]),
    metadata,
  );
  for (const name of names) {
    const tensor = tensors[name]!;
    if ('data' in tensor) requireFilled(name, tensor.shape, tensor.data.length);
  }
  withFile(path, 'w', (file) => {
    writeFileSync(file, header);
    for (const name of names) {
      const tensor = tensors[name]!;
      let written = 0;
      for (const piece of 'data' in tensor ? [tensor.data] : tensor.pieces) {
        writeFileSync(file, encode(name, tensor.dtype, piece));
        written += piece.length;
      }
      requireFilled(name, tensor.shape, written);
    }
  });
};

const namedIn = <T>(path: string, named: ReadonlyMap<string, T>, name: string): T => {
  const found = named.get(name);
  if (found) return found;
  throw new PaperError('TensorMissing', `${path} holds no tensor '${name}'.`, {
    details: [`it holds ${[...named.keys()].slice(0, 8).join(', ')}${named.size > 8 ? ', …' : ''}`],
    hint: 'the file is of another run or another version; make it again.',
  });
};

/** @throws TensorMissing naming the tensor and the file */
export const tensorOf = ({ path, tensors }: Safetensors, name: string): Tensor =>
  namedIn(path, tensors, name);

/** Numbers in an array of another type, which must hold each of them exactly. */
const exactly = <T extends TensorData>(
  { path, tensors }: Safetensors,
  name: string,
  array: { readonly name: string; from(numbers: ArrayLike<number>): T },
): T => {
  const { dtype, data } = namedIn(path, tensors, name);
  const converted = array.from(data);
  const at = data.findIndex((value, place) => value !== converted[place] && !Number.isNaN(converted[place]));
  if (at < 0) return converted;
  throw badSafetensors(
    path,
    `tensor '${name}' of type ${dtype} holds numbers that a ${array.name} does not`,
    `expected such numbers alone; received ${data[at]} at place ${at}`,
  );
};

/** @throws TensorMissing; BadSafetensors when a number is none of int32 */
export const int32Of = (file: Safetensors, name: string): Int32Array => exactly(file, name, Int32Array);
/** @throws TensorMissing; BadSafetensors when a number is none of float32 */
export const float32Of = (file: Safetensors, name: string): Float32Array => exactly(file, name, Float32Array);
export const float64Of = (file: Safetensors, name: string): Float64Array =>
  Float64Array.from(tensorOf(file, name).data);

/**
 * A rank-2 tensor in float64.
 *
 * @throws ShapeMismatch when it is of another rank
 */
export const matrixOf = (file: Safetensors, name: string): Matrix => {
  const { shape, data } = tensorOf(file, name);
  const [rows, cols] = shape;
  if (shape.length === 2) return matrix(rows!, cols!, Float64Array.from(data));
  throw new PaperError('ShapeMismatch', `tensor '${name}' of ${file.path} is no matrix.`, {
    details: [`expected a shape of two sizes; received [${shape}]`],
    hint: 'the file is of another run or another version; make it again.',
  });
};

export const matrixTensor = ({ rows, cols, data }: Matrix): Tensor => ({
  dtype: 'F64',
  shape: [rows, cols],
  data,
});
export const vectorTensor = (dtype: Dtype, data: TensorData): Tensor => ({
  dtype,
  shape: [data.length],
  data,
});
