/** The hash that a random stream begins with, by the call of `node:crypto`: stands in its place in a browser. */
import { sha256 } from '@noble/hashes/sha2.js';

interface Digest extends Uint8Array {
  readInt32LE(at: number): number;
}

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(): Digest;
}

/** A browser's own are given later, by a promise; a stage asks at once. @throws Error for any but sha256 */
export const createHash = (name: string): Hash => {
  if (name !== 'sha256') throw new Error(`the stage asks for the hash ${name}, which a browser is not given`);
  const hash = sha256.create();
  const self: Hash = {
    update: (data) => {
      hash.update(typeof data === 'string' ? new TextEncoder().encode(data) : data);
      return self;
    },
    digest: () => {
      const bytes = hash.digest();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return Object.assign(bytes, { readInt32LE: (at: number) => view.getInt32(at, true) });
    },
  };
  return self;
};
