import { createHash } from 'node:crypto';

export const sha256 = (data: string | NodeJS.ArrayBufferView): string =>
  createHash('sha256').update(data).digest('hex');

/** Of what comes in pieces: a file of any size, read as a stream. */
export const sha256OfStream = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};
