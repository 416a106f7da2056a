import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import { z } from 'zod';
import { sha256 } from './digest.ts';
import type { KeyRecord } from './stage-key.ts';

const entrySchema = z.object({
  /** Output name -> sha256 of its content: what downstream keys are made of. */
  digests: z.record(z.string(), z.string()),
  /** Output name -> cacache's own integrity string, under which the content lies. */
  contents: z.record(z.string(), z.string()),
  durationMs: z.number(),
  machine: z.record(z.string(), z.unknown()),
  record: z.unknown(),
});

/** What the store knows of one finished stage. */
export interface StoreEntry {
  readonly digests: Readonly<Record<string, string>>;
  readonly contents: Readonly<Record<string, string>>;
  readonly durationMs: number;
  /** Where it was made; provenance, not part of the key. */
  readonly machine: Readonly<Record<string, unknown>>;
  readonly record: KeyRecord;
}

export type Lookup =
  | { readonly state: 'found'; readonly entry: StoreEntry }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged'; readonly reason: string };

/**
 * Finished outputs by key. Contents are written before the entry that names them, and every read checks
 * digests, so that a half-written or damaged entry is never used.
 */
export interface Store {
  get(key: string): Promise<Lookup>;
  put(
    key: string,
    files: Readonly<Record<string, string>>,
    about: Omit<StoreEntry, 'digests' | 'contents'>,
  ): Promise<StoreEntry>;
  read(entry: StoreEntry, output: string): Promise<Buffer>;
  copy(entry: StoreEntry, output: string, path: string): Promise<void>;
  /** The record that a stage of this name was last found or made with. */
  lastRecord(stageName: string): Promise<KeyRecord | undefined>;
  remember(stageName: string, record: KeyRecord): Promise<void>;
}

/** Without the digest and the path that the store's library adds. */
const plainly = ({ message }: Error): string =>
  message.startsWith('Integrity') ? 'its content has changed' : 'its content is gone';

export const openStore = (folder: string): Store => {
  const read: Store['read'] = async (entry, output) => {
    const integrity = entry.contents[output];
    if (!integrity) throw new Error(`internal: the entry holds no output '${output}'`);
    return cacache.get.byDigest(folder, integrity);
  };
  return {
    read,
    copy: async (entry, output, path) => writeFile(path, await read(entry, output)),
    get: async (key) => {
      const found = await cacache.get(folder, `stage/${key}`).catch((error: NodeJS.ErrnoException) => error);
      if (found instanceof Error) {
        // No index entry is an ordinary miss; an entry whose content is gone or changed is damage.
        const listed = await cacache.get.info(folder, `stage/${key}`);
        if (!listed) return { state: 'missing' };
        await cacache.rm.content(folder, listed.integrity);
        return { state: 'damaged', reason: plainly(found) };
      }
      const parsed = entrySchema.safeParse(JSON.parse(found.data.toString('utf8')));
      if (!parsed.success) return { state: 'damaged', reason: 'its entry is of another form' };
      const entry = parsed.data as StoreEntry;
      for (const [output, digest] of Object.entries(entry.digests)) {
        const data = await read(entry, output).catch((error: Error) => error);
        if (!(data instanceof Error) && sha256(data) === digest) continue;
        // Content that is already there is not written again: only its removal lets it heal.
        await cacache.rm.content(folder, entry.contents[output] ?? '');
        const reason = data instanceof Error ? plainly(data) : 'another digest';
        return { state: 'damaged', reason: `${output}: ${reason}` };
      }
      return { state: 'found', entry };
    },
    put: async (key, files, about) => {
      const digests: Record<string, string> = {};
      const contents: Record<string, string> = {};
      for (const [output, path] of Object.entries(files)) {
        const data = await readFile(path);
        digests[output] = sha256(data);
        const integrity = await cacache.put(folder, `content/${key}/${output}`, data);
        contents[output] = integrity.toString();
      }
      const entry = { digests, contents, ...about };
      await cacache.put(folder, `stage/${key}`, JSON.stringify(entry));
      return entry;
    },
    lastRecord: async (stageName) => {
      const found = await cacache.get(folder, `last/${stageName}`).catch(() => undefined);
      return found ? JSON.parse(found.data.toString('utf8')) : undefined;
    },
    remember: async (stageName, record) => {
      await cacache.put(folder, `last/${stageName}`, JSON.stringify(record));
    },
  };
};

/** The store's folder: shared if `PAPER_STORE` says so, otherwise the project's own. */
export const storeFolder = (root: string, env: NodeJS.ProcessEnv): string =>
  env['PAPER_STORE'] ?? join(root, '.paper', 'store');
