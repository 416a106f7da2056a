import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import { z } from 'zod';
import { sha256OfStream } from '../keys/sha256.ts';
import type { KeyRecord } from '../keys/stage-key.ts';
import { PaperError } from '../stage/paper-error.ts';

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
  /** A whole output in memory; for small ones. */
  read(entry: StoreEntry, output: string): Promise<Buffer>;
  /** Copies an output of any size and checks what was copied. @throws StoredOutputDamaged */
  copy(entry: StoreEntry, output: string, path: string): Promise<void>;
  /** The record that a stage of this name was last found or made with. */
  lastRecord(stageName: string): Promise<KeyRecord | undefined>;
  remember(stageName: string, record: KeyRecord): Promise<void>;
}

const changed = 'its content has changed';
const gone = 'its content is gone';

/** Without the digest and the path that the store's library adds. */
const plainly = ({ code }: NodeJS.ErrnoException): string => (code === 'ENOENT' ? gone : changed);

/** Larger pieces than a stream's own 64 kB hash faster, and still cost no memory. */
const pieceBytes = 2 ** 20;
const piecesOf = (path: string) => createReadStream(path, { highWaterMark: pieceBytes });

/** Puts a file of any size; resolves with the library's integrity string. */
const putFile = async (folder: string, name: string, path: string): Promise<string> => {
  // The library refuses a stream without content.
  if ((await stat(path)).size === 0) return String(await cacache.put(folder, name, Buffer.alloc(0)));
  return new Promise((resolve, reject) => {
    const target = cacache.put.stream(folder, name);
    // Comes last, when content and index are written.
    target.on('integrity', (integrity: unknown) => resolve(String(integrity)));
    target.on('error', reject);
    piecesOf(path).on('error', reject).pipe(target);
  });
};

const integrityOf = ({ contents }: StoreEntry, output: string): string => {
  const integrity = contents[output];
  if (!integrity) throw new Error(`internal: the entry holds no output '${output}'`);
  return integrity;
};

const contentName = (key: string, output: string): string => `content/${key}/${output}`;

/** The digest of a file of any size, or undefined where there is none. */
const fileDigest = (path: string): Promise<string | undefined> =>
  sha256OfStream(piecesOf(path)).catch(undefinedIfGone);

const undefinedIfGone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

export const openStore = (folder: string): Store => {
  return {
    read: async (entry, output) => cacache.get.byDigest(folder, integrityOf(entry, output)),
    copy: async (entry, output, path) => {
      const integrity = integrityOf(entry, output);
      // The library does not check a copy, and what counts is what the reader will find.
      await cacache.get.copy.byDigest(folder, integrity, path).catch(undefinedIfGone);
      const received = await fileDigest(path);
      if (received === entry.digests[output]) return;
      await rm(path, { force: true });
      await cacache.rm.content(folder, integrity);
      throw new PaperError(
        'StoredOutputDamaged',
        `the stored output '${output}' was damaged while it was in use.`,
        {
          details: [`expected sha256 ${entry.digests[output]}`, `received ${received ?? 'nothing'}`],
          hint: 'run the same command again: what is damaged in the store is made again.',
        },
      );
    },
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
        // Not by the library's stream, whose pieces have 64 MB.
        const listed = await cacache.get.info(folder, contentName(key, output));
        const received = listed ? await fileDigest(listed.path) : undefined;
        if (received === digest) continue;
        // Content that is already there is not written again: only its removal lets it heal.
        await cacache.rm.content(folder, integrityOf(entry, output));
        const reason = received === undefined ? gone : changed;
        return { state: 'damaged', reason: `${output}: ${reason}` };
      }
      return { state: 'found', entry };
    },
    put: async (key, files, about) => {
      const digests: Record<string, string> = {};
      const contents: Record<string, string> = {};
      for (const [output, path] of Object.entries(files)) {
        digests[output] = await sha256OfStream(piecesOf(path));
        contents[output] = await putFile(folder, contentName(key, output), path);
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
