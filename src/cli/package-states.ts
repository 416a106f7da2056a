import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import { filesBelow } from './files-below.ts';

/**
 * A paper's experiments, or the project itself, as a package among the others: neither was installed, and what counts
 * of them is told above.
 */
const isOfProject = (root: string, path: string): boolean => {
  if (dirname(path) !== join(root, 'node_modules') || !existsSync(path)) return false;
  const inProject = relative(realpathSync(root), realpathSync(path)).split(sep);
  return inProject[0] !== '..' && !inProject.includes('node_modules');
};

/**
 * Installed packages, by size and time of change: to read them all takes longer than to render. So a new install
 * renders again although nothing differs, and an edit in place always does.
 */
export const packageStates = (root: string): string => {
  const hash = createHash('sha256');
  const modules = join(root, 'node_modules');
  // What tools keep between runs stands beside the packages; of where the project itself stands, nothing is asked.
  const isKept = (at: string): boolean =>
    dirname(at) === modules && /^\.(astro|vite|cache)/.test(basename(at));
  for (const path of filesBelow(modules, (at) => isKept(at) || isOfProject(root, at))) {
    const { size, ctimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${ctimeMs}\n`);
  }
  return hash.digest('hex');
};

/** The same, by a thread of its own: of all that a build looks at, this alone waits for nothing and takes a second. */
export const packageStatesAside = (root: string): Promise<string> => {
  // A thread takes longer to start than it takes to find no packages.
  if (!existsSync(join(root, 'node_modules'))) return Promise.resolve(packageStates(root));
  const worker = new Worker(new URL('./package-states-worker.ts', import.meta.url), { workerData: root });
  worker.unref();
  const states = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // A build that ended for another reason waits for it no more.
  states.catch(() => undefined);
  return states;
};
