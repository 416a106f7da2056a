import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageClosure, readPackageLock } from '../../../../../src/engine/keys/package-closure.ts';
import { errorText } from '../../../../error-text.ts';

const lock = {
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '^2.0.0' } },
  'node_modules/b': { version: '1.0.0', integrity: 'sha512-b1' },
  'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b2', dependencies: { c: '*' } },
  'node_modules/c': { version: '3.0.0', integrity: 'sha512-c' },
};

test('a package brings what it depends on, each as Node would find it', () => {
  expect(packageClosure(lock, ['a'])).toEqual([
    'node_modules/a 1.0.0 sha512-a',
    'node_modules/a/node_modules/b 2.0.0 sha512-b2',
    'node_modules/c 3.0.0 sha512-c',
  ]);
  expect(packageClosure(lock, ['b'])).toEqual(['node_modules/b 1.0.0 sha512-b1']);
});

test('an optional or peer dependency that is not installed brings nothing, least of all the whole project', () => {
  const project = { '': { version: '0.1.0', dependencies: { a: '1.0.0', c: '3.0.0' } } };
  const d = {
    'node_modules/d': { version: '4.0.0', integrity: 'sha512-d', peerDependencies: { gone: '*' } },
  };
  expect(packageClosure({ ...project, ...lock, ...d }, ['d'])).toEqual(['node_modules/d 4.0.0 sha512-d']);
});

test('a package that is not locked, or no lockfile, is refused with the command that mends it', () => {
  expect(errorText(() => packageClosure(lock, ['left-pad']))).toBe(
    [
      "PackageNotLocked: a stage imports 'left-pad', which package-lock.json does not hold.",
      '  hint: install it: `npm install --save-exact left-pad`.',
    ].join('\n'),
  );
  const root = mkdtempSync(join(tmpdir(), 'lock-'));
  const unusable = [
    "LockfileUnusable: package-lock.json is missing, or npm's format is older than version 2.",
    '  hint: run `npm install` and commit the lockfile: versions and integrities enter every key.',
  ].join('\n');
  expect(errorText(() => readPackageLock(root))).toBe(unusable);
  writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion": 1}');
  expect(errorText(() => readPackageLock(root))).toBe(unusable);
  rmSync(root, { recursive: true });
});
