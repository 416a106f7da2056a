import { seededRandom } from 'reproducible-paper/numerics/seeded-random';

/** A corpus, read: whole documents, or where they lie, each wholly in one part. */
export interface Documents<T = string> {
  readonly name: string;
  readonly train: readonly T[];
  readonly heldOut: readonly T[];
}

/**
 * Puts documents into one fixed shuffled order, so that genres mix, and holds out every so-manieth of it,
 * before anything is learnt from them.
 */
export const splitDocuments = <T>(
  name: string,
  documents: readonly T[],
  { shuffleSeed, heldOutEvery }: { readonly shuffleSeed: number; readonly heldOutEvery: number },
): Documents<T> => {
  const order = seededRandom(shuffleSeed, 'documents').shuffle(documents);
  const isHeldOut = (position: number): boolean => (position + 1) % heldOutEvery === 0;
  return {
    name,
    train: order.filter((_, position) => !isHeldOut(position)),
    heldOut: order.filter((_, position) => isHeldOut(position)),
  };
};
