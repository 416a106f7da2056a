/**
 * The safetensors format: an 8-byte length, a JSON header (name -> dtype, shape, offsets), then the data.
 * Names are written sorted, so that equal tensors give equal bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { PaperError } from '../engine/paper-error.ts';
import type { Matrix } from './linear-algebra.ts';
import { matrix } from './matrix.ts';

const bytesOf = { F16: 2, F32: 4, F64: 8, I32: 4 } as const;
type Dtype = keyof typeof bytesOf;

export interface Tensor {
  /** F16 is decoded to and encoded from float32. */
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
}

export interface Safetensors {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const unusable = (path: string, reason: string): PaperError =>
  new PaperError('BadSafetensors', `${path} is not a usable safetensors file: ${reason}.`, {
    hint: 'remove the file and make it again; if it was made elsewhere, copy it again.',
  });

const decode = (dtype: Dtype, bytes: Uint8Array): Tensor['data'] => {
  // A copy: the data need not be aligned in the file.
  const { buffer } = new Uint8Array(bytes);
  if (dtype === 'F64') return new Float64Array(buffer);
  if (dtype === 'I32') return new Int32Array(buffer);
  if (dtype === 'F32') return new Float32Array(buffer);
  return Float32Array.from(new Uint16Array(buffer), decodeHalf);
};

/** IEEE 754 binary16 -> number */
const decodeHalf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** number -> IEEE 754 binary16, ties to even */
const encodeHalf = (value: number): number => {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const unit = 2 ** (exponent - 10);
  const steps = size / unit;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = floor + (rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? 1 : 0);
  return sign | (exponent === -14 ? rounded : rounded + ((exponent + 14) << 10));
};

/** @throws BadSafetensors when the header or the offsets do not fit the file */
export const readSafetensors = (path: string): Safetensors => {
  const file = readFileSync(path);
  const headerLength = file.length >= 8 ? Number(file.readBigUInt64LE(0)) : Number.POSITIVE_INFINITY;
  if (8 + headerLength > file.length) throw unusable(path, 'its header is longer than the file');
  let header: Record<string, { dtype: Dtype; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(file.toString('utf8', 8, 8 + headerLength));
  } catch {
    throw unusable(path, 'its header is not JSON');
  }
  const { __metadata__: metadata = {}, ...entries } = header as typeof header & {
    __metadata__?: Record<string, string>;
  };
  const tensors = new Map<string, Tensor>();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [start, end],
    },
  ] of Object.entries(entries)) {
    const expected = shape.reduce((product, size) => product * size, bytesOf[dtype] ?? Number.NaN);
    if (end - start !== expected || 8 + headerLength + end > file.length) {
      throw unusable(
        path,
        `tensor '${name}' of type ${dtype} and shape [${shape}] does not fit its ${end - start} bytes`,
      );
    }
    const bytes = file.subarray(8 + headerLength + start, 8 + headerLength + end);
    tensors.set(name, { dtype, shape, data: decode(dtype, bytes) });
  }
  return { path, tensors, metadata };
};

/** @throws ShapeMismatch when a tensor's data do not fill its shape */
export const writeSafetensors = (
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): void => {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const name of Object.keys(tensors).sort()) {
    const { dtype, shape, data } = tensors[name]!;
    const expected = shape.reduce((product, size) => product * size, 1);
    if (expected !== data.length) {
      throw new PaperError('ShapeMismatch', `tensor '${name}' does not fill its shape [${shape}].`, {
        details: [`expected ${expected} numbers; received ${data.length}`],
        hint: 'this is a fault of the stage that writes the file.',
      });
    }
    const stored = dtype === 'F16' ? Uint16Array.from(data, encodeHalf) : data;
    parts.push(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
    header[name] = { dtype, shape, data_offsets: [offset, offset + stored.byteLength] };
    offset += stored.byteLength;
  }
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, ...parts]));
};

/** @throws TensorMissing naming the tensor and the file */
export const tensorOf = ({ path, tensors }: Safetensors, name: string): Tensor => {
  const tensor = tensors.get(name);
  if (tensor) return tensor;
  throw new PaperError('TensorMissing', `${path} holds no tensor '${name}'.`, {
    details: [`it holds ${[...tensors.keys()].slice(0, 8).join(', ')}${tensors.size > 8 ? ', …' : ''}`],
    hint: 'the file is of another run or another version; make it again.',
  });
};

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
