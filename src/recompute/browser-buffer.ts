/** What readers and writers of files ask of Node's `Buffer`. */
class Bytes extends Uint8Array {
  override toString(): string {
    return new TextDecoder().decode(this);
  }

  copy(target: Uint8Array, start: number): void {
    target.set(this, start);
  }

  writeBigUInt64LE(value: bigint): void {
    new DataView(this.buffer, this.byteOffset).setBigUint64(0, value, true);
  }
}

export const Buffer = {
  /** Bytes of a text, or the same bytes as were given. */
  from: (from: Uint8Array | string): Bytes => {
    const { buffer, byteOffset, length } = typeof from === 'string' ? new TextEncoder().encode(from) : from;
    return new Bytes(buffer as ArrayBuffer, byteOffset, length);
  },
  /** @param filling one letter of ASCII */
  alloc: (size: number, filling: string): Bytes => new Bytes(size).fill(filling.charCodeAt(0)),
};
