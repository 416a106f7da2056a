import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
// Longer than the pieces in which files are read, and no multiple of them.
const outputs = { none: '', short: 'a few letters', long: 'many letters, '.repeat(200_001) };

/** A store that holds these outputs under `key`, and where their content lies. */
const filled = async () => {
  const store = openStore(join(folder, 'store'));
  const paths = Object.entries(outputs).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return [name, join(folder, name)] as const;
  });
  const entry = await store.put('key', Object.fromEntries(paths), about);
  const contents = join(folder, 'store', 'content-v2');
  const placeOf = (name: keyof typeof outputs): string =>
    readdirSync(contents, { recursive: true, encoding: 'utf8' })
      .map((file) => join(contents, file))
      .find((file) => statSync(file).isFile() && readFileSync(file, 'utf8') === outputs[name])!;
  return { store, entry, placeOf };
};

test('what is put is found, read and copied, whatever its size', async () => {
  const { store, entry } = await filled();
  expect(await store.get('key')).toEqual({ state: 'found', entry });
  expect(await store.get('another key')).toEqual({ state: 'missing' });
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
    damage(placeOf('long'));
    expect(await store.get('key')).toEqual({ state: 'damaged', reason: `long: ${reason}` });
    expect((await (await filled()).store.get('key')).state).toBe('found');
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
  writeFileSync(place, 'other letters');
  expect(await rejectionText(store.copy(entry, 'short', copy))).toBe(refusal(sha256('other letters')));
  expect([existsSync(copy), existsSync(place)]).toEqual([false, false]);
  expect(await rejectionText(store.copy(entry, 'short', copy))).toBe(refusal('nothing'));
});
