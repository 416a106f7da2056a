import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../stage/paper-error.ts';

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** package-lock.json, version 3: path below the project -> package. */
export type PackageLock = Readonly<Record<string, LockedPackage>>;

/** @throws LockfileUnusable when package-lock.json is missing or not of version 2 or 3 */
export const readPackageLock = (root: string): PackageLock => {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    if (typeof packages === 'object' && packages !== null) return packages;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && (cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
  throw new PaperError(
    'LockfileUnusable',
    "package-lock.json is missing, or npm's format is older than version 2.",
    {
      hint: 'run `npm install` and commit the lockfile: versions and integrities enter every key.',
    },
  );
};

/** Where Node would find `name` from the package at `from`: the innermost node_modules first. */
const locate = (lock: PackageLock, from: string, name: string): string | undefined => {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock[path]) return path;
    if (folder === '') return undefined;
    if (!folder.includes('/node_modules/')) folder = '/node_modules/';
  }
};

/**
 * The packages that a stage reaches and everything that they depend on, as locked.
 *
 * @returns `path version integrity` lines, sorted
 * @throws PackageNotLocked when a package is not in the lockfile
 */
export const packageClosure = (lock: PackageLock, names: readonly string[]): readonly string[] => {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const locked = lock[path];
    if (!locked || reached.has(path)) return;
    reached.add(path);
    const wanted = { ...locked.dependencies, ...locked.optionalDependencies, ...locked.peerDependencies };
    for (const name of Object.keys(wanted)) {
      // An optional or peer dependency that is not installed is nowhere in the lockfile, and cannot run.
      const found = locate(lock, path, name);
      if (found) visit(found);
    }
  };
  for (const name of names) {
    const path = locate(lock, '', name);
    if (!path) {
      throw new PaperError(
        'PackageNotLocked',
        `a stage imports '${name}', which package-lock.json does not hold.`,
        {
          hint: `install it: \`npm install --save-exact ${name}\`.`,
        },
      );
    }
    visit(path);
  }
  return [...reached]
    .sort()
    .map((path) => `${path} ${lock[path]?.version} ${lock[path]?.integrity ?? 'linked'}`);
};
