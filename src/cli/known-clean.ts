import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PaperError } from '../engine/stage/index.ts';

/** What a look found; and what it tells besides, such as what else it read. */
interface Look<Told> {
  readonly faults: readonly PaperError[];
  /** Passes through JSON. */
  readonly told: Told;
  /** Set where something was edited meanwhile: then it says nothing of what its key names. */
  readonly passing?: boolean;
}

/** Nothing for what is not there, or was cut off as it was written. */
const keptIn = <Told>(file: string): { readonly key: string; readonly told: Told } | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    const { key, told } = JSON.parse(readFileSync(file, 'utf8')) as { key?: string; told: Told };
    return key === undefined ? undefined : { key, told };
  } catch {
    return undefined;
  }
};

/**
 * Looks for mistakes, unless an earlier look at the very same found none: then what that one told is told again.
 *
 * @param name of the look, by which its last key is kept: a file's name
 * @param keyOf of all that it looks at, by what the look told
 */
export const unlessKnown = async <Told>(
  root: string,
  name: string,
  keyOf: (told: Told) => string,
  look: () => Promise<Look<Told>>,
): Promise<Look<Told>> => {
  const file = join(root, '.paper', 'check', name);
  const kept = keptIn<Told>(file);
  if (kept && kept.key === keyOf(kept.told)) return { faults: [], told: kept.told };
  const found = await look();
  if (found.faults.length > 0 || found.passing) return found;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ key: keyOf(found.told), told: found.told }));
  return found;
};

/** As unlessKnown, for a look that tells nothing besides. */
export const unlessKnownClean = async (
  root: string,
  name: string,
  keyOf: () => string,
  look: () => Promise<readonly PaperError[]>,
): Promise<readonly PaperError[]> =>
  (await unlessKnown(root, name, keyOf, async () => ({ faults: await look(), told: null }))).faults;
