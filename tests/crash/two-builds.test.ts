import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCrashProject } from './crash-project.ts';
import { crashFolder } from './killed-builds.ts';
import { startBuild } from './started-build.ts';

let folder: string;
beforeEach(() => {
  folder = crashFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stages = ['analysis', 'beside', 'source', 'training'];

test.each([
  { where: 'in one clone', roots: ['one', 'one'] },
  { where: 'in two clones on one store', roots: ['one', 'two'] },
])('two builds at once $where are both right, and no work is done twice', async ({ roots }) => {
  for (const root of new Set(roots)) writeCrashProject(join(folder, root));
  const store = join(folder, 'store');
  const builds = roots.map((root) => startBuild(join(folder, root), store));
  const [first, second] = await Promise.all(builds.map((build) => build.word()));
  expect(first?.error).toBeUndefined();
  expect(Object.keys(first?.digests ?? {}).sort()).toEqual(stages);
  expect(second?.digests).toEqual(first?.digests);
  expect([...(first?.ran ?? []), ...(second?.ran ?? [])].sort()).toEqual(stages);
});
