/**
 * The safetensors format: an 8-byte length, a JSON header (name -> dtype, shape, offsets), then the data.
 * Names are written sorted, so that equal tensors give equal bytes.
 */
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { PaperError } from '../engine/stage/paper-error.ts';
import { decodeHalves, encodeHalves } from './half-precision.ts';
import { type Matrix, matrix } from './matrix.ts';

const bytesOf = { F16: 2, F32: 4, F64: 8, I32: 4 } as const;
type Dtype = keyof typeof bytesOf;

export interface Tensor {
  /** F16 is decoded to and encoded from float32. */
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

/** A tensor whose numbers come in pieces, in order, so that it is never whole in memory. */
export interface PiecewiseTensor extends Omit<Tensor, 'data'> {
  readonly pieces: Iterable<Tensor['data']>;
}

export interface Safetensors {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A tensor left in its file: numbers are read from their places when they are asked for. */
export interface TensorReader extends Omit<Tensor, 'data'> {
  /** Numbers in all. */
  readonly length: number;
  /** Numbers `start` to before `end` in row order; fewer where the tensor ends before. */
  slice(start: number, end: number): Tensor['data'];
}

/** A file of which only the header was read. */
export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** @throws TensorMissing */
  readonly reader: (name: string) => TensorReader;
}

/** Where a file's tensors lie, in bytes from its start. */
interface Layout {
  readonly metadata: Readonly<Record<string, string>>;
  readonly places: ReadonlyMap<
    string,
    Omit<Tensor, 'data'> & { readonly start: number; readonly end: number }
  >;
}

const unusable = (path: string, reason: string): PaperError =>
  new PaperError('BadSafetensors', `${path} is not a usable safetensors file: ${reason}.`, {
    hint: 'remove the file and make it again; if it was made elsewhere, copy it again.',
  });

const decode = (dtype: Dtype, { buffer }: Uint8Array<ArrayBuffer>): Tensor['data'] => {
  if (dtype === 'F64') return new Float64Array(buffer);
  if (dtype === 'I32') return new Int32Array(buffer);
  if (dtype === 'F32') return new Float32Array(buffer);
  return decodeHalves(new Uint16Array(buffer));
};

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
    if (read === 0) throw unusable(path, `it ends at byte ${start + done}`);
    done += read;
  }
  return bytes;
};

const readLayout = (path: string, file: number): Layout => {
  const { size } = fstatSync(file);
  const headerLength =
    size >= 8
      ? Number(new DataView(readBytes(path, file, 0, 8).buffer).getBigUint64(0, true))
      : Number.POSITIVE_INFINITY;
  const dataStart = 8 + headerLength;
  if (dataStart > size) throw unusable(path, 'its header is longer than the file');
  let header: Record<string, { dtype: Dtype; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(Buffer.from(readBytes(path, file, 8, dataStart)).toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unusable(path, 'its header is not JSON');
  }
  const { __metadata__: metadata = {}, ...entries } = header as typeof header & {
    __metadata__?: Record<string, string>;
  };
  const places = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [start, end],
      },
    ]) => {
      const expected = shape.reduce((product, length) => product * length, bytesOf[dtype] ?? Number.NaN);
      if (end - start !== expected || dataStart + end > size) {
        throw unusable(
          path,
          `tensor '${name}' of type ${dtype} and shape [${shape}] does not fit its ${end - start} bytes`,
        );
      }
      return [name, { dtype, shape, start: dataStart + start, end: dataStart + end }] as const;
    },
  );
  return { metadata, places: new Map(places) };
};

/** @throws BadSafetensors when the header or the offsets do not fit the file */
export const readSafetensors = (path: string): Safetensors =>
  withFile(path, 'r', (file) => {
    const { metadata, places } = readLayout(path, file);
    const tensors = [...places].map(([name, { dtype, shape, start, end }]) => {
      const data = decode(dtype, readBytes(path, file, start, end));
      return [name, { dtype, shape, data }] as const;
    });
    return { path, tensors: new Map(tensors), metadata };
  });

/** Reads the header alone. Throws as `readSafetensors` does. */
export const openSafetensors = (path: string): SafetensorsHeader => {
  const { metadata, places } = withFile(path, 'r', (file) => readLayout(path, file));
  const reader = (name: string): TensorReader => {
    const { dtype, shape, start: first, end: last } = namedIn(path, places, name);
    const at = (index: number): number => Math.min(first + index * bytesOf[dtype], last);
    return {
      dtype,
      shape,
      length: (last - first) / bytesOf[dtype],
      // Opened for each slice, so that nobody has a file to close.
      slice: (start, end) =>
        decode(
          dtype,
          withFile(path, 'r', (file) => readBytes(path, file, at(start), at(Math.max(start, end)))),
        ),
    };
  };
  return { metadata, reader };
};

const requireFilled = (name: string, shape: readonly number[], received: number): void => {
  const expected = shape.reduce((product, size) => product * size, 1);
  if (expected === received) return;
  throw new PaperError('ShapeMismatch', `tensor '${name}' does not fill its shape [${shape}].`, {
    details: [`expected ${expected} numbers; received ${received}`],
    hint: 'this is a fault of the stage that writes the file.',
  });
};

const encode = (dtype: Dtype, data: Tensor['data']): Uint8Array => {
  const stored = dtype === 'F16' ? encodeHalves(data) : data;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
};

/** @throws ShapeMismatch when a tensor's data do not fill its shape */
export const writeSafetensors = (
  path: string,
  tensors: Readonly<Record<string, Tensor | PiecewiseTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): void => {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const names = Object.keys(tensors).sort();
  let offset = 0;
  for (const name of names) {
    const tensor = tensors[name]!;
    const { dtype, shape } = tensor;
    if ('data' in tensor) requireFilled(name, shape, tensor.data.length);
    const end = shape.reduce((product, size) => product * size, bytesOf[dtype]) + offset;
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  withFile(path, 'w', (file) => {
    writeFileSync(file, Buffer.concat([length, text]));
    for (const name of names) {
      const tensor = tensors[name]!;
      let written = 0;
      for (const piece of 'data' in tensor ? [tensor.data] : tensor.pieces) {
        writeFileSync(file, encode(tensor.dtype, piece));
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

export const int32Of = (file: Safetensors, name: string): Int32Array =>
  Int32Array.from(tensorOf(file, name).data);
export const float64Of = (file: Safetensors, name: string): Float64Array =>
  Float64Array.from(tensorOf(file, name).data);

/** A rank-2 tensor in float64. */
export const matrixOf = (file: Safetensors, name: string): Matrix => {
  const { shape, data } = tensorOf(file, name);
  return matrix(shape[0] ?? 0, shape[1] ?? 1, Float64Array.from(data));
};

export const matrixTensor = ({ rows, cols, data }: Matrix): Tensor => ({
  dtype: 'F64',
  shape: [rows, cols],
  data,
});
export const vectorTensor = (dtype: Dtype, data: Tensor['data']): Tensor => ({
  dtype,
  shape: [data.length],
  data,
});
