import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

export const sha256 = (data: string | NodeJS.ArrayBufferView): string =>
  createHash('sha256').update(data).digest('hex');

const pieceBytes = 2 ** 20;

/** The digest of a file of any size; throws what reading it throws. */
export const sha256OfFile = (path: string): string => {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read));
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
};
