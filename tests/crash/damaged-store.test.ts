import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesBelow, writeCrashProject } from './crash-project.ts';
import { crashFolder } from './killed-builds.ts';
import { type BuildWord, startBuild } from './started-build.ts';

let folder: string;
let root: string;
let store: string;
beforeEach(() => {
  folder = crashFolder();
  [root, store] = [join(folder, 'project'), join(folder, 'store')];
  writeCrashProject(root);
});
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
  rmSync(folder, { recursive: true, force: true });
});

const build = (): Promise<BuildWord> => startBuild(root, store).word();

/** What an undisturbed build gives. */
const built = async (): Promise<BuildWord> => {
  const word = await build();
  expect(word.error).toBeUndefined();
  return word;
};

const isRoot = process.getuid?.() === 0;

/** A disk of so many bytes at a folder; false where this user may not mount one. */
const mountDisk = (at: string, sizeBytes: number): boolean => {
  mkdirSync(at, { recursive: true });
  const { exitCode } = execaSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', at], {
    reject: false,
  });
  if (exitCode !== 0) return false;
  undo.push(() => execaSync('umount', ['-l', at], { reject: false }));
  return true;
};

const overwrite = (path: string, bytes: Uint8Array | string): void => {
  const { mode } = statSync(path);
  rmSync(path);
  writeFileSync(path, bytes);
  chmodSync(path, mode);
};

test('a bit flipped in any file of the store or of the work folder is healed or named, and never read', async () => {
  const { digests } = await built();
  const kept = join(folder, 'kept');
  for (const part of ['store', 'project']) cpSync(join(folder, part), join(kept, part), { recursive: true });
  const paths = ['store', 'project/.paper'].flatMap((part) =>
    filesBelow(join(folder, part)).map((path) => join(part, path)),
  );
  expect(paths.some((path) => path.includes('objects'))).toBe(true);
  for (const path of paths) {
    const bytes = readFileSync(join(kept, path));
    if (bytes.length === 0) continue;
    for (const place of [bytes.length >> 1, Math.floor(bytes.length * 0.9)]) {
      for (const part of ['store', 'project']) {
        rmSync(join(folder, part), { recursive: true, force: true });
        cpSync(join(kept, part), join(folder, part), { recursive: true });
      }
      const flipped = Buffer.from(bytes);
      flipped[place] = flipped[place]! ^ 1;
      overwrite(join(folder, path), flipped);
      const word = await build();
      if (word.error === undefined) expect(word.digests, path).toEqual(digests);
      else {
        expect(word.error, path).not.toBe('Error');
        // What was named is mended by making it again.
        rmSync(join(root, '.paper'), { recursive: true });
        expect((await build()).digests, path).toEqual(digests);
      }
    }
  }
});

test('an entry of a newer version is made again, never read', async () => {
  const { digests } = await built();
  for (const name of filesBelow(join(store, 'entries'))) {
    const path = join(store, 'entries', name);
    overwrite(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), schema: 99 }));
  }
  const word = await build();
  expect(word.error).toBeUndefined();
  expect(word.digests).toEqual(digests);
  expect([...word.ran!].sort()).toEqual(['analysis', 'beside', 'source', 'training']);
});

test('an entry that names the output of another stage is not believed', async () => {
  const { digests } = await built();
  const [first = '', second = ''] = filesBelow(join(store, 'entries')).map((name) =>
    join(store, 'entries', name),
  );
  const before = readFileSync(first);
  overwrite(first, readFileSync(second));
  overwrite(second, before);
  expect((await build()).digests).toEqual(digests);
});

test('a full disk is told by name, and with space the same build ends well', async (context) => {
  if (!mountDisk(store, 150_000))
    context.skip('needs the right to mount a disk of some kilobytes: run as root on Linux');
  const word = await build();
  expect(word.error).toBe('DiskFull');
  execaSync('mount', ['-o', 'remount,size=8000000', store]);
  const healed = await built();
  rmSync(join(root, '.paper'), { recursive: true });
  store = join(folder, 'other-store');
  expect((await built()).digests).toEqual(healed.digests);
});

test('a full disk under the project is told by name as well', async (context) => {
  if (!mountDisk(join(root, '.paper'), 150_000)) {
    context.skip('needs the right to mount a disk of some kilobytes: run as root on Linux');
  }
  expect((await build()).error).toBe('DiskFull');
});

test('a store that cannot be written is read; what is not in it is refused by name', async (context) => {
  const { digests } = await built();
  if (isRoot) {
    const mounted = execaSync('mount', ['--bind', store, store], { reject: false });
    if (mounted.exitCode !== 0) context.skip('needs the right to mount, since root may write everywhere');
    undo.push(() => execaSync('umount', ['-l', store], { reject: false }));
    execaSync('mount', ['-o', 'remount,ro,bind', store]);
  } else {
    execaSync('chmod', ['-R', 'a-w', store]);
    undo.push(() => execaSync('chmod', ['-R', 'u+w', store]));
  }
  expect(await build()).toEqual({ digests, ran: [] });
  const analysis = join(root, 'analysis.ts');
  writeFileSync(analysis, readFileSync(analysis, 'utf8').replace('.length', '.length + 1'));
  expect((await build()).error).toBe('NotWritable');
});

test('a file where the store should be is told by name', async () => {
  writeFileSync(store, '');
  expect((await build()).error).toBe('NotAFolder');
  expect(existsSync(store)).toBe(true);
});
