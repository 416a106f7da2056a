import { closest } from 'fastest-levenshtein';

/** A hint that names what the author most likely meant. */
export const nearestHint = (received: string, names: readonly string[]): string => {
  if (names.length === 0) return 'there is none yet: has the pipeline a stage that makes one?';
  // A wrong table id makes every letter of the rest count: compare within the same table first.
  const sameStart = names.filter((name) => name.split('.')[0] === received.split('.')[0]);
  return `did you mean '${closest(received, sameStart.length > 0 ? sameStart : names)}'?`;
};
