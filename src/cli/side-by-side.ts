import { availableParallelism } from 'node:os';
import { createThreadSlots } from '../engine/index.ts';

interface Work<T> {
  /** What must be made before, in any order. */
  readonly needs: (of: T) => readonly T[];
  readonly threads: (of: T) => number;
  readonly make: (of: T) => Promise<void>;
}

/**
 * Makes things and what they need, each once, and as many side by side as there are processors for. After a failure nothing
 * more is begun, and what was begun is awaited.
 *
 * @returns what was made, in the order in which it was begun
 * @throws the first failure
 */
export const sideBySide = async <T>(
  wanted: readonly T[],
  { needs, threads, make }: Work<T>,
  slots = availableParallelism(),
): Promise<readonly T[]> => {
  const withSlots = createThreadSlots(slots);
  const begun: T[] = [];
  const failures: unknown[] = [];
  const known = new Map<T, Promise<void>>();
  const begin = async (of: T): Promise<void> => {
    if (failures.length > 0) return;
    begun.push(of);
    try {
      await make(of);
    } catch (error) {
      failures.push(error);
    }
  };
  const made = (of: T): Promise<void> => {
    const before = known.get(of);
    if (before) return before;
    const place = known.size;
    const work = Promise.all(needs(of).map(made)).then(() => withSlots(threads(of), place, () => begin(of)));
    known.set(of, work);
    return work;
  };
  await Promise.all(wanted.map(made));
  if (failures.length > 0) throw failures[0];
  return begun;
};
