import { closest, distance } from 'fastest-levenshtein';

/** More than so much of a name is another one: then nobody meant it. */
const farShare = 0.6;

/** So many names are listed where none is near. */
const listedNames = 8;

/** A hint that names what the author most likely meant, or which names there are. */
export const nearestHint = (received: string, names: readonly string[]): string => {
  if (names.length === 0) return 'there is none yet: has the pipeline a stage that makes one?';
  // A wrong table id makes every letter of the rest count: compare within the same table first.
  const sameStart = names.filter((name) => name.split('.')[0] === received.split('.')[0]);
  const near = sameStart.length > 0 ? sameStart : names;
  const nearest = closest(received, near);
  const isFar = distance(received, nearest) > farShare * Math.max(received.length, nearest.length);
  if (!isFar) return `did you mean '${nearest}'?`;
  const more = near.length > listedNames ? ', …' : '';
  return `none is called like it: there ${near.length === 1 ? 'is' : 'are'} ${near.slice(0, listedNames).join(', ')}${more}.`;
};
