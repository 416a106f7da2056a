import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesBelow } from '../../../../src/cli/files-below.ts';

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'below-')));
});
afterEach(() => rmSync(top, { recursive: true }));

const put = (path: string): void => {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), path);
};
const link = (path: string, target: string): void => {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  symlinkSync(join(top, target), join(top, path));
};
const below = (folder: string): readonly string[] =>
  filesBelow(join(top, folder)).map((path) => path.slice(top.length + 1));

test('a folder that several links lead to is there by each of their names', () => {
  put('other/a');
  link('it/one', 'other');
  link('it/two', 'other');
  link('it/file', 'other/a');
  expect(below('it')).toEqual(['it/file', 'it/one/a', 'it/two/a']);
});

test('a link to a folder that holds it is not followed, and one to a folder of such a name is', () => {
  put('it/a');
  put('i/b');
  link('it/deep/up', 'it');
  link('it/deep/top', '.');
  link('it/named', 'i');
  expect(below('it')).toEqual(['it/a', 'it/named/b']);
});

test('links in a ring end', () => {
  put('one/a');
  put('two/b');
  link('one/to-two', 'two');
  link('two/to-one', 'one');
  link('it/in', 'one');
  expect(below('it')).toEqual(['it/in/a', 'it/in/to-two/b']);
});

test('a link that leads nowhere, a folder that is not there, and what is skipped hold nothing', () => {
  put('it/a');
  put('it/skipped/b');
  link('it/nowhere', 'gone');
  expect(filesBelow(join(top, 'it'), (path) => path.endsWith('skipped'))).toEqual([join(top, 'it', 'a')]);
  expect(below('gone')).toEqual([]);
});
