import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutComments } from '../../../../scripts/setup/addon-identity.mjs';

const repository = join(import.meta.dirname, '..', '..', '..', '..');
const binding = 'node_modules/@tensorflow/tfjs-node/binding';
let root: string;
let identity: (root: string, platform?: string) => string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'addon-'));
  for (const folder of ['scripts/setup', 'src/tensor/native', binding]) {
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  }
  const module = pathToFileURL(join(root, 'scripts/setup/addon-identity.mjs')).href;
  ({ addonIdentity: identity } = await import(/* @vite-ignore */ module));
});
afterAll(() => rmSync(root, { recursive: true }));

/** The identity with one file's text changed. */
const changed = (path: string, change: (text: string) => string): string => {
  const text = readFileSync(join(root, path), 'utf8');
  writeFileSync(join(root, path), change(text));
  const found = identity(root, 'linux-x64');
  writeFileSync(join(root, path), text);
  return found;
};

const sources = [
  ...readdirSync(join(repository, 'src/tensor/native')).map((name) => `src/tensor/native/${name}`),
  ...readdirSync(join(repository, binding)).map((name) => `${binding}/${name}`),
].filter((path) => /\.(cc|h)$/.test(path));

test('an edit of any source that is compiled changes what stands for the addon in keys', () => {
  const before = identity(root, 'linux-x64');
  expect(sources.length).toBeGreaterThan(12);
  for (const path of sources) expect(changed(path, (text) => `${text}\nint added = 1;\n`)).not.toBe(before);
});

test('a comment or another layout does not, and another library does', () => {
  const before = identity(root, 'linux-x64');
  for (const path of sources) {
    expect(changed(path, (text) => `// a comment\n${text}\n\n/* another */\n`)).toBe(before);
  }
  expect(identity(root, 'linux-arm64')).not.toBe(before);
});

test('the very wheels are part of it, each of them', async () => {
  const before = identity(root, 'linux-x64');
  const { nativePlatforms } = await import(
    /* @vite-ignore */ pathToFileURL(join(root, 'scripts/setup/native-platforms.mjs')).href
  );
  for (const name of ['tensorflow', 'openblas']) {
    const wheel = nativePlatforms['linux-x64'][name];
    const { sha256 } = wheel;
    wheel.sha256 = '0'.repeat(64);
    expect(identity(root, 'linux-x64')).not.toBe(before);
    wheel.sha256 = sha256;
  }
  expect(identity(root, 'linux-x64')).toBe(before);
});

test('what looks like a comment within a literal is none', () => {
  expect(withoutComments('a = "// no comment"; // one\nb = \'"\'; /* two */ c')).toBe(
    'a = "// no comment";\nb = \'"\'; c',
  );
});
