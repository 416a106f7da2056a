import { RecomputationError } from './download-verified.ts';

/**
 * What the build wrote beside a paper's pages.
 *
 * @param folder the paper's, absolute
 * @throws RecomputationError: unreachable, missing
 */
export const fetchJson = async <T>(folder: string, path: string, signal: AbortSignal): Promise<T> => {
  const response = await fetch(new URL(path, folder), { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new RecomputationError({ kind: 'unreachable', path });
  });
  if (!response.ok) throw new RecomputationError({ kind: 'missing', path, status: response.status });
  return (await response.json()) as T;
};
