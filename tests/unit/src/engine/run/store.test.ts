import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../../../src/engine/keys/sha256.ts';
import type { KeyRecord } from '../../../../../src/engine/keys/stage-key.ts';
import { openStore } from '../../../../../src/engine/run/store.ts';
import { rejectionText } from '../../../../error-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const about = { durationMs: 1, machine: {}, record: {} as KeyRecord };
const key = 'a'.repeat(64);
const anotherKey = 'b'.repeat(64);
// Longer than the pieces in which files are read, and no multiple of them.
const outputs = { none: '', short: 'a few letters', long: 'many letters, '.repeat(200_001) };

/** A store that holds these outputs under `key`, and where their content lies. */
const filled = async () => {
  const store = openStore(join(folder, 'store'));
  const paths = Object.entries(outputs).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return [name, join(folder, name)] as const;
  });
  const entry = await store.put(key, Object.fromEntries(paths), about);
  const contents = join(folder, 'store', 'objects');
  const placeOf = (name: keyof typeof outputs): string =>
    readdirSync(contents, { recursive: true, encoding: 'utf8' })
      .map((file) => join(contents, file))
      .find((file) => statSync(file).isFile() && readFileSync(file, 'utf8') === outputs[name])!;
  return { store, entry, placeOf };
};

test('what is put is found, read and copied, whatever its size', async () => {
  const { store, entry } = await filled();
  expect(await store.get(key)).toEqual({ state: 'found', entry });
  expect(await store.get(anotherKey)).toEqual({ state: 'missing' });
  for (const [name, text] of Object.entries(outputs)) {
    expect(entry.digests[name]).toBe(sha256(text));
    expect((await store.read(entry, name)).toString('utf8')).toBe(text);
    await store.copy(entry, name, join(folder, 'copy'));
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe(text);
  }
});

test('a changed or lost output is damage with its reason, and heals when it is put again', async () => {
  for (const [damage, reason] of [
    [(path: string) => writeFileSync(path, `${outputs.long.slice(0, -1)}!`), 'its content has changed'],
    [(path: string) => rmSync(path), 'its content is gone'],
  ] as const) {
    const { store, placeOf } = await filled();
    chmodSync(placeOf('long'), 0o644);
    damage(placeOf('long'));
    expect(await store.get(key)).toEqual({ state: 'damaged', reason: `long: ${reason}` });
    expect((await (await filled()).store.get(key)).state).toBe('found');
  }
});

test('a copy of what was damaged since it was found is refused, and nothing is left of it', async () => {
  const { store, entry, placeOf } = await filled();
  const place = placeOf('short');
  const copy = join(folder, 'copy');
  const refusal = (received: string): string =>
    [
      "StoredOutputDamaged: the stored output 'short' was damaged while it was in use.",
      `  expected sha256 ${sha256(outputs.short)}`,
      `  received ${received}`,
      '  hint: run the same command again: what is damaged in the store is made again.',
    ].join('\n');
  chmodSync(place, 0o644);
  writeFileSync(place, 'other letters');
  expect(await rejectionText(store.copy(entry, 'short', copy))).toBe(refusal(sha256('other letters')));
  expect(existsSync(copy)).toBe(false);
  expect(await rejectionText(store.lend(entry, 'short', copy))).toBe(refusal(sha256('other letters')));
  rmSync(place);
  expect(await rejectionText(store.copy(entry, 'short', copy))).toBe(refusal('nothing'));
});

test('what is copied for a user is a file of its own: an edit of it leaves the store as it was', async () => {
  const { store, entry } = await filled();
  await store.copy(entry, 'short', join(folder, 'copy'));
  writeFileSync(join(folder, 'copy'), 'edited');
  expect(store.get(key).state).toBe('found');
});

test('every file of the store, damaged in any way, is told and heals', async () => {
  for (const damage of [
    (path: string) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from(' ')])),
    (path: string) => writeFileSync(path, ''),
    (path: string) => {
      const bytes = readFileSync(path);
      if (bytes.length === 0) writeFileSync(path, 'x');
      else {
        const at = bytes.length >> 1;
        bytes[at] = bytes[at]! ^ 1;
        writeFileSync(path, bytes);
      }
    },
  ]) {
    rmSync(join(folder, 'store'), { recursive: true, force: true });
    const { store } = await filled();
    const files = readdirSync(join(folder, 'store'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, 'store', name))
      .filter((path) => statSync(path).isFile());
    expect(files).toHaveLength(4);
    for (const path of files) {
      chmodSync(path, 0o644);
      const before = readFileSync(path);
      damage(path);
      if (readFileSync(path).equals(before)) continue;
      // An entry with a blank at its end says the same; everything else is damage.
      expect(['damaged', path.includes('entries') ? 'found' : 'damaged']).toContain(store.get(key).state);
      await filled();
      expect(store.get(key).state).toBe('found');
    }
  }
});

test('content and entry damaged together heal by one run', async () => {
  const { store, placeOf } = await filled();
  rmSync(placeOf('short'));
  writeFileSync(join(folder, 'store', 'entries', `${key}.json`), '{');
  expect(store.get(key)).toEqual({ state: 'damaged', reason: 'its entry has changed' });
  await filled();
  expect(store.get(key).state).toBe('found');
});

test('an entry of a newer version is not read, and is told', async () => {
  const { store } = await filled();
  const path = join(folder, 'store', 'entries', `${key}.json`);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), schema: 3 }));
  expect(store.get(key)).toEqual({ state: 'damaged', reason: 'its entry is of a newer version' });
});

test('a damaged record of what a stage was last made with is as good as none', async () => {
  const { store } = await filled();
  store.remember('paper', 'stage', { record: about.record, sources: {} });
  expect(store.lastSeen('paper', 'stage')).toEqual({ record: {}, sources: {} });
  writeFileSync(join(folder, 'store', 'last', 'paper', 'stage.json'), '{"record":');
  expect(store.lastSeen('paper', 'stage')).toBeUndefined();
});

test('a record of what a stage was last made with is written where it is another one alone', async () => {
  const { store } = await filled();
  const place = join(folder, 'store', 'last', 'paper', 'stage.json');
  const seen = { record: about.record, sources: { 'a.ts': 'as it was' } };
  store.remember('paper', 'stage', seen);
  const { ino } = statSync(place);
  store.remember('paper', 'stage', seen);
  expect(statSync(place).ino).toBe(ino);
  const edited = { ...seen, sources: { 'a.ts': 'edited' } };
  store.remember('paper', 'stage', edited);
  expect(store.lastSeen('paper', 'stage')).toEqual(edited);
});

test('collecting keeps what is needed, and clears the rest', async () => {
  const { store } = await filled();
  writeFileSync(join(folder, 'other'), 'of no use');
  await store.put(anotherKey, { result: join(folder, 'other') }, about);
  expect(await store.collect(new Set([key]), 0)).toBeGreaterThan(9);
  expect([store.get(key).state, store.get(anotherKey).state]).toEqual(['found', 'missing']);
});

test('what was used of late is kept though nothing needs it', async () => {
  const { store } = await filled();
  expect(await store.collect(new Set(), 60_000)).toBe(0);
  expect(store.get(key).state).toBe('found');
  const entry = join(folder, 'store', 'entries', `${key}.json`);
  utimesSync(entry, new Date(0), new Date(0));
  // To be found is to be used.
  expect(store.get(key).state).toBe('found');
  expect(await store.collect(new Set(), 60_000)).toBe(0);
  utimesSync(entry, new Date(0), new Date(0));
  expect(await store.collect(new Set(), 60_000)).toBeGreaterThan(0);
  expect(store.get(key).state).toBe('missing');
});

test('a folder where a file belongs is damage, and gives way to what is made again', async () => {
  const { store, entry, placeOf } = await filled();
  const content = placeOf('long');
  rmSync(content);
  mkdirSync(join(content, 'in-it'), { recursive: true });
  expect(store.get(key)).toEqual({ state: 'damaged', reason: 'long: its content is gone' });
  const text = await rejectionText((async () => store.read(entry, 'long'))());
  expect(text.split('\n')[0]).toBe(
    "StoredOutputDamaged: the stored output 'long' was damaged while it was in use.",
  );
  expect(await rejectionText(store.copy(entry, 'long', join(folder, 'copy')))).toContain(
    'StoredOutputDamaged',
  );
  const file = join(folder, 'store', 'entries', `${key}.json`);
  rmSync(file);
  mkdirSync(join(file, 'in-it'), { recursive: true });
  expect(store.get(key)).toEqual({ state: 'damaged', reason: 'its entry cannot be read' });
  const again = await filled();
  expect(again.store.get(key).state).toBe('found');
});

test.each(['entries', 'last', 'aside'])('a file where its folder %s should be is named', async (name) => {
  const { store, entry } = await filled();
  rmSync(join(folder, 'store', name), { recursive: true, force: true });
  writeFileSync(join(folder, 'store', name), 'a file');
  store.clearAbandoned();
  const text = await rejectionText(
    (async () => {
      if (name === 'entries') await filled();
      if (name === 'last') store.remember('paper', 'stage', { record: entry.record, sources: {} });
      await store.collect(new Set(), 0);
    })(),
  );
  // Nothing is put aside on one disk.
  expect(text.split(':')[0]).toBe(name === 'aside' ? 'nothing was thrown' : 'NotAFolder');
});

test('a file where the store should be is named', async () => {
  writeFileSync(join(folder, 'store'), 'a file');
  expect(await rejectionText(filled())).toBe(
    [
      `NotAFolder: ${join(folder, 'store')} cannot be written: a part of its path is a file, not a folder.`,
      '  the system said ENOTDIR',
      '  hint: remove the file that stands in the way.',
    ]
      .join('\n')
      .replace('store cannot', `store/objects/${sha256('').slice(0, 2)} cannot`),
  );
});
