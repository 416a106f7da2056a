import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { filesBelow, writeCrashProject } from './crash-project.ts';
import { type BuildWord, startBuild } from './started-build.ts';

const repository = dirname(dirname(import.meta.dirname));

/** Below the project, since its code imports the project's packages. */
export const crashFolder = (): string => {
  const tests = join(repository, '.paper', 'tests');
  mkdirSync(tests, { recursive: true });
  return mkdtempSync(join(tests, 'crash-'));
};

/** What must be the same after a kill as if there had been none. */
export interface Aftermath {
  readonly digests: BuildWord['digests'];
  /** Paths of all that the store and the project's work folder hold. */
  readonly files: readonly string[];
}

export interface KilledBuild {
  readonly afterMs: number;
  readonly all: boolean;
  /** Whether it was at work when the kill came. */
  readonly atWork: boolean;
  readonly aftermath: Aftermath;
}

const aftermathOf = (base: string, { digests }: BuildWord): Aftermath => ({
  digests,
  files: ['store', 'project/.paper'].flatMap((folder) =>
    filesBelow(join(base, folder)).map((path) => `${folder}/${path}`),
  ),
});

/** Numbers in [0, 1) that are the same in every run. */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/**
 * Kills a build so many times, each in a project of its own, at moments that are spread over an undisturbed build,
 * and lets one more build follow.
 */
export const killBuilds = async (
  times: number,
  seed: number,
): Promise<{ readonly undisturbed: Aftermath; readonly killed: readonly KilledBuild[] }> => {
  const folder = crashFolder();
  const make = async (name: string, before?: (root: string, store: string) => Promise<void>) => {
    const base = join(folder, name);
    const [root, store] = [join(base, 'project'), join(base, 'store')];
    writeCrashProject(root);
    await before?.(root, store);
    const word = await startBuild(root, store).word();
    if (word.error) throw new Error(`${word.error}: ${word.message}`);
    return aftermathOf(base, word);
  };
  try {
    const startMs = performance.now();
    const undisturbed = await make('undisturbed');
    const wholeMs = performance.now() - startMs;
    const random = seeded(seed);
    const killed: KilledBuild[] = [];
    for (let time = 0; time < times; time += 1) {
      const afterMs = random() * wholeMs;
      const all = random() < 0.5;
      let atWork = false;
      const aftermath = await make(`killed-${time}`, async (root, store) => {
        const build = startBuild(root, store);
        await setTimeout(afterMs);
        atWork = await build.kill(all);
      });
      killed.push({ afterMs, all, atWork, aftermath });
      rmSync(join(folder, `killed-${time}`), { recursive: true, force: true });
    }
    return { undisturbed, killed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
