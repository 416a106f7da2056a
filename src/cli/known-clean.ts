import { join } from 'node:path';
import { z } from 'zod';
import type { PaperError } from '../engine/stage/index.ts';
import { readKept, writeKept } from './kept-record.ts';

/** What a look found; and what it tells besides, such as what else it read. */
interface Look<Told> {
  readonly faults: readonly PaperError[];
  /** Passes through JSON. */
  readonly told: Told;
  /** Set where something was edited meanwhile: then it says nothing of what its key names. */
  readonly passing?: boolean;
}

/** What a look is known by. */
interface Looked<Told> {
  /** By which its last key is kept: a file, in a folder of the paper's own where it looks at one alone. */
  readonly name: string;
  /** Of what it tells: a record of another form is none. */
  readonly told: z.ZodType<Told>;
  /** All that it looks at, by what it told. */
  readonly keyOf: (told: Told) => string;
}

/** Looks for mistakes, unless an earlier look at the very same found none: then what that one told is told again. */
export const unlessKnown = async <Told>(
  root: string,
  { name, told, keyOf }: Looked<Told>,
  look: () => Promise<Look<Told>>,
): Promise<Look<Told>> => {
  const file = join(root, '.paper', 'check', name);
  const kept = readKept(file, z.strictObject({ key: z.string(), told }));
  if (kept && kept.key === keyOf(kept.told as Told)) return { faults: [], told: kept.told as Told };
  const found = await look();
  if (found.faults.length > 0 || found.passing) return found;
  writeKept(file, { key: keyOf(found.told), told: found.told });
  return found;
};

/** As unlessKnown, for a look that tells nothing besides. */
export const unlessKnownClean = async (
  root: string,
  name: string,
  keyOf: () => string,
  look: () => Promise<readonly PaperError[]>,
): Promise<readonly PaperError[]> =>
  (
    await unlessKnown(root, { name, told: z.null(), keyOf }, async () => ({
      faults: await look(),
      told: null,
    }))
  ).faults;
