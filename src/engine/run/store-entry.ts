import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { digestOf } from '../keys/digest.ts';
import type { KeyRecord } from '../keys/stage-key.ts';
import { writeWhole } from './write-whole.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

const entrySchema = z.strictObject({
  schema: z.literal(2),
  key: hex,
  /** Output name -> sha256 of its content: what downstream keys are made of. */
  digests: z.record(z.string(), hex),
  durationMs: z.number(),
  machine: z.record(z.string(), z.unknown()),
  record: z.custom<KeyRecord>((value) => typeof value === 'object' && value !== null),
  /** Content digests of what it read, where its record names that by the key that makes it. */
  inputs: z.record(z.string(), z.record(z.string(), hex)).optional(),
});

/** What the store knows of one finished stage. */
export type StoreEntry = Readonly<z.output<typeof entrySchema>>;

export type Lookup =
  | { readonly state: 'found'; readonly entry: StoreEntry }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly reason: string };

/** An entry's file carries its own digest. */
export const readEntry = (path: string, key: string): Lookup => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { state: 'missing' }
      : { state: 'damaged', reason: 'its entry cannot be read' };
  }
  try {
    const { digest, ...body } = JSON.parse(text);
    if (body.schema > 2) return { state: 'damaged', reason: 'its entry is of a newer version' };
    const entry = entrySchema.parse(body);
    if (digest === digestOf(body) && entry.key === key) return { state: 'found', entry };
  } catch {
    // Told below, like any other change.
  }
  return { state: 'damaged', reason: 'its entry has changed' };
};

/** @returns the entry as it will be read */
export const writeEntry = (path: string, about: Omit<StoreEntry, 'schema'>): StoreEntry => {
  const body = { schema: 2 as const, ...about };
  writeWhole(path, JSON.stringify({ ...body, digest: digestOf(body) }));
  return entrySchema.parse(JSON.parse(JSON.stringify(body)));
};
