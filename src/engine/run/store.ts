/**
 * Finished outputs by key: contents by their sha256, each once, and an entry a key that names them. A content is
 * renamed into place before the entry is, and every read checks digests: what is half-written, damaged or of another
 * form is never used, and is made again. (cacache was used before: it does not check copies, writes no content again
 * that lies there damaged, and appends to an index that a killed process leaves half-written.)
 */
import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { digestOfFile } from '../keys/digest-of-file.ts';
import { sha256 } from '../keys/sha256.ts';
import type { KeyRecord, Sources } from '../keys/stage-key.ts';
import { PaperError } from '../stage/paper-error.ts';
import { diskError, isUnwritable, onDisk } from './disk-error.ts';
import { nameOfProcess, processState } from './process-identity.ts';
import { type Lookup, readEntry, type StoreEntry, writeEntry } from './store-entry.ts';
import { textOrNone } from './text-or-none.ts';
import { writeWhole } from './write-whole.ts';

/** What a stage of some name was last found or made with. */
export interface LastSeen {
  readonly record: KeyRecord;
  readonly sources: Sources;
}

export interface Store {
  readonly folder: string;
  get(key: string): Lookup;
  /** Takes the files over: they are moved where that is possible. @throws DiskFull, NotWritable, NotAFolder */
  put(
    key: string,
    files: Readonly<Record<string, string>>,
    about: Pick<StoreEntry, 'durationMs' | 'machine' | 'record' | 'inputs'>,
  ): Promise<StoreEntry>;
  /** A whole output in memory; for small ones. @throws StoredOutputDamaged */
  read(entry: StoreEntry, output: string): Buffer;
  /** Copies an output of any size, and checks the copy. @throws StoredOutputDamaged */
  copy(entry: StoreEntry, output: string, path: string): Promise<void>;
  /** Puts an output, unless it cannot be linked, at a place where it is only read. @throws StoredOutputDamaged */
  lend(entry: StoreEntry, output: string, path: string): Promise<void>;
  /** Where an output lies. */
  path(entry: StoreEntry, output: string): string;
  lastSeen(paper: string, stageName: string): LastSeen | undefined;
  /** Does nothing where the store cannot be written: it is for reasons alone. */
  remember(paper: string, stageName: string, seen: LastSeen): void;
  /** The file by whose lock one build at a time makes a key. */
  lockFile(key: string): string;
  /**
   * Removes what no key of these needs and nobody found or made for so long, and what killed builds left.
   *
   * @returns what it freed, in bytes
   */
  collect(keys: ReadonlySet<string>, unusedMs: number): Promise<number>;
  /** Removes what killed builds left half-written. */
  clearAbandoned(): void;
}

const damaged = (output: string, expected: string | undefined, received: string): PaperError =>
  new PaperError('StoredOutputDamaged', `the stored output '${output}' was damaged while it was in use.`, {
    details: [`expected sha256 ${expected}`, `received ${received}`],
    hint: 'run the same command again: what is damaged in the store is made again.',
  });

const digestOrNone = (path: string): string => {
  try {
    return digestOfFile(path);
  } catch {
    return 'nothing';
  }
};

/** A link costs nothing; another disk, or a disk without links, wants a copy. */
const linkOrCopy = (from: string, to: string): void => {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
};

/** What lies in a user's folder is edited there; the store's own is not touched by it. */
const copyWritable = (from: string, to: string): void => {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, 0o644);
};

const hourMs = 3_600_000;

/** A file system's clock may be ahead of ours by a little. */
const sinceUsedMs = (path: string): number =>
  Math.max(0, Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));

/** An entry's time is when it was last made or found, to the hour: a store on a slow disk is not written at each look. */
const markUsed = (path: string): void => {
  try {
    if (sinceUsedMs(path) > hourMs) utimesSync(path, new Date(), new Date());
  } catch {
    // A store that is only read tells no times.
  }
};

export const openStore = (folder: string): Store => {
  const objectPath = (digest: string): string => join(folder, 'objects', digest.slice(0, 2), digest);
  const entryPath = (key: string): string => join(folder, 'entries', `${key}.json`);
  const lastPath = (paper: string, name: string): string => join(folder, 'last', paper, `${name}.json`);
  const aside = (name: string): string => join(folder, 'aside', `${nameOfProcess()}.${name}`);

  /** A folder where a file belongs was put there by somebody: what is made again takes its place. */
  const makePlace = (path: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true });
  };

  /** Puts a content in its place, whatever lies there. */
  const putObject = (path: string, digest: string): void => {
    const target = objectPath(digest);
    makePlace(target);
    let from = path;
    try {
      renameSync(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      from = aside(digest);
      mkdirSync(dirname(from), { recursive: true });
      try {
        copyFileSync(path, from);
        renameSync(from, target);
      } finally {
        rmSync(from, { force: true });
      }
    }
    // Against accidents; what counts is the digest.
    chmodSync(target, 0o444);
  };

  const filesBelow = (name: string): readonly string[] => {
    const below = join(folder, name);
    // A file in its place is told by what puts something there.
    if (!statSync(below, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(below, { recursive: true, encoding: 'utf8' })
      .map((path) => join(below, path))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  };

  const hand = async (
    entry: StoreEntry,
    output: string,
    path: string,
    by: (from: string, to: string) => void,
  ): Promise<void> => {
    const digest = entry.digests[output] ?? '';
    if (!statSync(objectPath(digest), { throwIfNoEntry: false })?.isFile()) {
      throw damaged(output, digest, 'nothing');
    }
    await onDisk(path, () => by(objectPath(digest), path));
    const received = digestOrNone(path);
    if (received === digest) return;
    rmSync(path, { force: true });
    throw damaged(output, digest, received);
  };

  return {
    folder,
    get: (key) => {
      const found = readEntry(entryPath(key), key);
      if (found.state !== 'found') return found;
      for (const [output, digest] of Object.entries(found.entry.digests)) {
        const received = digestOrNone(objectPath(digest));
        if (received === digest) continue;
        return {
          state: 'damaged',
          reason: `${output}: its content ${received === 'nothing' ? 'is gone' : 'has changed'}`,
        };
      }
      markUsed(entryPath(key));
      return found;
    },
    put: (key, files, about) =>
      onDisk(folder, () => {
        const digests: Record<string, string> = {};
        for (const [output, path] of Object.entries(files)) {
          const digest = digestOfFile(path);
          digests[output] = digest;
          putObject(path, digest);
        }
        makePlace(entryPath(key));
        return writeEntry(entryPath(key), { key, digests, ...about });
      }),
    read: (entry, output) => {
      const digest = entry.digests[output] ?? '';
      if (digestOrNone(objectPath(digest)) === 'nothing') throw damaged(output, digest, 'nothing');
      const data = readFileSync(objectPath(digest));
      const received = sha256(data);
      if (received !== digest) throw damaged(output, digest, received);
      return data;
    },
    copy: (entry, output, path) => hand(entry, output, path, copyWritable),
    lend: (entry, output, path) => hand(entry, output, path, linkOrCopy),
    path: (entry, output) => objectPath(entry.digests[output] ?? ''),
    lastSeen: (paper, name) => {
      try {
        const { record, sources } = JSON.parse(readFileSync(lastPath(paper, name), 'utf8'));
        return typeof record === 'object' && typeof sources === 'object' && record && sources
          ? { record, sources }
          : undefined;
      } catch {
        return undefined;
      }
    },
    remember: (paper, name, seen) => {
      const text = JSON.stringify(seen);
      try {
        // Nearly all of them are as they were, each time that nothing was edited.
        if (textOrNone(lastPath(paper, name)) === text) return;
        makePlace(lastPath(paper, name));
        writeWhole(lastPath(paper, name), text);
      } catch (error) {
        if (!isUnwritable(error)) throw diskError(error, lastPath(paper, name));
      }
    },
    lockFile: (key) => join(folder, 'locks', `${key}.lock`),
    clearAbandoned: () => {
      try {
        for (const path of ['entries', 'last', 'aside'].flatMap(filesBelow)) {
          const owner = /(?:^|[./])(\d+-\d+-[0-9a-f]{8})[-.]/.exec(path.slice(folder.length))?.[1];
          if (owner !== undefined && processState(owner) === 'gone') rmSync(path, { force: true });
        }
      } catch (error) {
        if (!isUnwritable(error)) throw error;
      }
    },
    collect: (keys, unusedMs) =>
      onDisk(folder, () => {
        let freed = 0;
        const remove = (path: string): void => {
          freed += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
          rmSync(path, { force: true });
        };
        const needed = new Set<string>();
        for (const path of filesBelow('entries')) {
          const key = /([0-9a-f]{64})\.json$/.exec(path)?.[1] ?? '';
          const found = readEntry(entryPath(key), key);
          if (found.state === 'found' && (keys.has(key) || sinceUsedMs(path) < unusedMs)) {
            for (const digest of Object.values(found.entry.digests)) needed.add(digest);
          } else remove(path);
        }
        for (const path of filesBelow('objects')) {
          if (!needed.has(path.slice(-64))) remove(path);
        }
        return freed;
      }),
  };
};

/** The store's folder: shared if `PAPER_STORE` says so, otherwise the project's own. */
export const storeFolder = (root: string, env: NodeJS.ProcessEnv): string =>
  resolve(root, env['PAPER_STORE'] ?? join('.paper', 'store'));
