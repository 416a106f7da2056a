import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The bytes of a file of any size, in order.
 *
 * @param pieceBytes length of every piece but the last
 * @returns pieces, each good until the next is asked for
 */
export function* filePieces(path: string, pieceBytes = 2 ** 20): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let filled = pieceBytes; filled === pieceBytes; ) {
      filled = 0;
      for (let read = -1; read !== 0 && filled < pieceBytes; filled += read) {
        read = readSync(file, piece, filled, pieceBytes - filled, null);
      }
      if (filled > 0) yield piece.subarray(0, filled);
    }
  } finally {
    closeSync(file);
  }
}
