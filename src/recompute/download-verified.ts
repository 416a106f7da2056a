import { joinBytes } from './join-bytes.ts';
import type { PublicFile } from './recomputation.ts';
import type { RecomputationFault } from './worker-messages.ts';

/** Carries the reason to where it is put into words. */
export class RecomputationError extends Error {
  readonly fault: RecomputationFault;

  constructor(fault: RecomputationFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Into one buffer, as it comes. */
const bytesOf = async (
  { body }: Response,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> => {
  const pieces: Uint8Array[] = [];
  const reader = body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    pieces.push(read.value);
    onBytes(read.value.length);
  }
  return joinBytes(pieces);
};

/**
 * Downloads a file and holds it against the digest that the build recorded.
 *
 * @param folder the paper's, absolute
 * @param onBytes is told of each piece
 * @throws RecomputationError: unreachable, missing, damaged, or insecure where the browser gives no digests
 */
export const downloadVerified = async (
  folder: string,
  { path, sha256 }: PublicFile,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> => {
  // Typed as always there; a browser has it on secure pages alone.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new RecomputationError({ kind: 'insecure' });
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(new URL(path, folder));
    if (!response.ok) throw new RecomputationError({ kind: 'missing', path, status: response.status });
    bytes = await bytesOf(response, onBytes);
  } catch (error) {
    if (error instanceof RecomputationError) throw error;
    // fetch and its stream say no more of a network that is not there.
    throw new RecomputationError({ kind: 'unreachable', path });
  }
  const received = hexOf(await subtle.digest('SHA-256', bytes));
  if (received === sha256) return bytes;
  throw new RecomputationError({ kind: 'damaged', path, expected: sha256, received });
};
