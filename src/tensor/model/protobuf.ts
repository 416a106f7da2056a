/** Protocol buffers, written: TensorFlow reads its graphs in no other form. Fields by number, as its .proto files. */

const varint = (value: number | bigint): Uint8Array => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
};

const varintType = 0;
const bytesType = 2;
const fixed32Type = 5;
const tag = (field: number, wireType: number): Uint8Array => varint((field << 3) | wireType);

/** A whole number, a flag or an enumeration's number. */
export const integerField = (field: number, value: number | boolean): Uint8Array =>
  Buffer.concat([tag(field, varintType), varint(Number(value))]);

export const floatField = (field: number, value: number): Uint8Array =>
  Buffer.concat([tag(field, fixed32Type), new Uint8Array(Float32Array.of(value).buffer)]);

/** Text, bytes, or a message made of fields. */
export const bytesField = (field: number, value: string | Uint8Array | readonly Uint8Array[]): Uint8Array => {
  const bytes =
    typeof value === 'string'
      ? Buffer.from(value)
      : value instanceof Uint8Array
        ? value
        : Buffer.concat(value);
  return Buffer.concat([tag(field, bytesType), varint(bytes.length), bytes]);
};
