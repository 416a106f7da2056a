/**
 * The number types of a safetensors file. Each is held by an array that holds all its numbers exactly; of whole numbers
 * of 64 bits, those that a float64 tells apart. NaN and the infinities are read and written as they are.
 */
import { decodeBfloats, decodeHalves, encodeBfloats, encodeHalves } from './half-precision.ts';

export type TensorData = Float32Array | Float64Array | Int32Array;

interface TensorFormat {
  readonly bytes: number;
  readonly array: Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor;
  /** Of whole numbers alone. */
  readonly range?: readonly [least: number, most: number];
  readonly decode: (buffer: ArrayBuffer) => TensorData;
  /** @throws NumberTooLarge */
  readonly encode: (data: TensorData, what: string) => ArrayBufferView;
}

export const tensorFormats = {
  F64: {
    bytes: 8,
    array: Float64Array,
    decode: (buffer) => new Float64Array(buffer),
    encode: (data) => data,
  },
  F32: {
    bytes: 4,
    array: Float32Array,
    decode: (buffer) => new Float32Array(buffer),
    encode: (data) => data,
  },
  F16: {
    bytes: 2,
    array: Float32Array,
    decode: (buffer) => decodeHalves(new Uint16Array(buffer)),
    encode: encodeHalves,
  },
  BF16: {
    bytes: 2,
    array: Float32Array,
    decode: (buffer) => decodeBfloats(new Uint16Array(buffer)),
    encode: encodeBfloats,
  },
  I64: {
    bytes: 8,
    array: Float64Array,
    range: [-9007199254740991, 9007199254740991],
    decode: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number),
    encode: (data) => BigInt64Array.from([...data].map(BigInt)),
  },
  I32: {
    bytes: 4,
    array: Int32Array,
    range: [-2147483648, 2147483647],
    decode: (buffer) => new Int32Array(buffer),
    encode: (data) => data,
  },
  I16: {
    bytes: 2,
    array: Int32Array,
    range: [-32768, 32767],
    decode: (buffer) => Int32Array.from(new Int16Array(buffer)),
    encode: (data) => Int16Array.from(data),
  },
  I8: {
    bytes: 1,
    array: Int32Array,
    range: [-128, 127],
    decode: (buffer) => Int32Array.from(new Int8Array(buffer)),
    encode: (data) => Int8Array.from(data),
  },
  U64: {
    bytes: 8,
    array: Float64Array,
    range: [0, 9007199254740991],
    decode: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number),
    encode: (data) => BigUint64Array.from([...data].map(BigInt)),
  },
  U32: {
    bytes: 4,
    array: Float64Array,
    range: [0, 4294967295],
    decode: (buffer) => Float64Array.from(new Uint32Array(buffer)),
    encode: (data) => Uint32Array.from(data),
  },
  U16: {
    bytes: 2,
    array: Int32Array,
    range: [0, 65535],
    decode: (buffer) => Int32Array.from(new Uint16Array(buffer)),
    encode: (data) => Uint16Array.from(data),
  },
  U8: {
    bytes: 1,
    array: Int32Array,
    range: [0, 255],
    decode: (buffer) => Int32Array.from(new Uint8Array(buffer)),
    encode: (data) => Uint8Array.from(data),
  },
  BOOL: {
    bytes: 1,
    array: Int32Array,
    range: [0, 1],
    decode: (buffer) => Int32Array.from(new Uint8Array(buffer)),
    encode: (data) => Uint8Array.from(data),
  },
} as const satisfies Readonly<Record<string, TensorFormat>>;

export type Dtype = keyof typeof tensorFormats;

export const formatOf = (dtype: Dtype): TensorFormat => tensorFormats[dtype];

/** Place of the first number that a whole-number type cannot hold, -1 when there is none. */
export const firstOutOfRange = (dtype: Dtype, data: TensorData): number => {
  const { range } = formatOf(dtype);
  if (!range) return -1;
  const [least, most] = range;
  return data.findIndex((value) => !Number.isInteger(value) || value < least || value > most);
};
