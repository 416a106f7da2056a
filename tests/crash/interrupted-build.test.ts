import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCrashProject } from './crash-project.ts';
import { crashFolder } from './killed-builds.ts';
import { startBuild } from './started-build.ts';

let folder: string;
beforeEach(() => {
  folder = crashFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lives = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
};

/** Numbers of the processes that stages run in, as their folders name them. */
const stagePids = (root: string): readonly number[] => {
  const runs = join(root, '.paper', 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs).flatMap((name) => {
    const file = join(runs, name, 'child');
    return existsSync(file) ? [Number.parseInt(readFileSync(file, 'utf8'), 10)] : [];
  });
};

test.runIf(existsSync('/proc/self/stat'))(
  'SIGINT ends a stage that never looks up from its work within two seconds',
  async () => {
    const root = join(folder, 'project');
    writeCrashProject(root);
    writeFileSync(
      join(root, 'beside.ts'),
      'export const tiny = { run: ({ outputs }) => { for (;;) if (outputs.result === 8) return; } };\n',
    );
    const build = startBuild(root, join(folder, 'store'));
    try {
      await expect.poll(() => stagePids(root).filter(lives).length, { timeout: 30_000 }).toBeGreaterThan(0);
      // Long enough for the stage to be in its loop.
      await setTimeout(500);
      const pids = stagePids(root);
      process.kill(build.pid, 'SIGINT');
      await setTimeout(2000);
      expect(pids.filter(lives)).toEqual([]);
      expect(lives(build.pid)).toBe(false);
    } finally {
      await build.kill(true);
    }
  },
);
