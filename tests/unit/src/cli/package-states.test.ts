import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { packageStates } from '../../../../src/cli/package-states.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

const put = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'a');
};

/** Whether a file more in the project changes what its packages are known by. */
const counts = (root: string, file: string): boolean => {
  put(join(root, 'node_modules', 'package', 'index.js'));
  const before = packageStates(root);
  put(join(root, file));
  return packageStates(root) !== before;
};

// A tool's own cache is known by its place among the packages; a project may stand anywhere.
for (const below of ['', '.cache/work', '.vite-projects', '.astronomy', 'node_modules/project']) {
  test(`packages of a project below '${below}' are looked at, and what tools keep among them is not`, () => {
    const top = mkdtempSync(join(tmpdir(), 'packages-'));
    made.push(top);
    const root = join(top, below);
    expect(counts(root, 'node_modules/package/more.js')).toBe(true);
    expect(counts(root, 'node_modules/package/.astro-like/more.js')).toBe(true);
    for (const kept of ['.vite', '.vite-temp', '.cache', '.astro'])
      expect(counts(root, `node_modules/${kept}/kept.js`)).toBe(false);
    mkdirSync(join(root, 'experiments', 'one'), { recursive: true });
    symlinkSync('../experiments/one', join(root, 'node_modules', 'one'));
    expect(counts(root, 'experiments/one/stage.ts')).toBe(false);
  });
}
