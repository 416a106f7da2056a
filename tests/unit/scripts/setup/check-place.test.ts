import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkPlace } from '../../../../scripts/setup/check-place.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'place-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const refusal = (what: string): string => `${join(root, '.paper')} is ${what}, and nothing made in it`;

test('a work folder that is not made yet, or is a plain folder, is taken', () => {
  checkPlace(root);
  mkdirSync(join(root, '.paper'));
  checkPlace(root);
});

test('a work folder that a link leads to is refused, with where the store may be', () => {
  mkdirSync(join(root, 'elsewhere'));
  symlinkSync(join(root, 'elsewhere'), join(root, '.paper'));
  expect(() => checkPlace(root)).toThrow(refusal('a link'));
  expect(() => checkPlace(root)).toThrow(
    expect.objectContaining({ text: expect.stringContaining('PAPER_STORE') }),
  );
});

test('a work folder on a disk of its own is refused', (context) => {
  const path = join(root, '.paper');
  mkdirSync(path);
  const mounted = execaSync('mount', ['-t', 'tmpfs', 'tmpfs', path], { reject: false });
  if (mounted.exitCode !== 0) context.skip('needs the right to mount: run as root on Linux');
  try {
    expect(() => checkPlace(root)).toThrow(refusal('a disk of its own'));
  } finally {
    execaSync('umount', ['-l', path]);
  }
});
