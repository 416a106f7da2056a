import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { identityOf } from '../../../../scripts/setup/process-identity.mjs';
import { createMachine } from './hidden-things.ts';

let machine: ReturnType<typeof createMachine>;
afterEach(() => machine.remove());

/** The whole set-up of a clone on a machine that has nothing but these commands. */
const setUp = (commands: Readonly<Record<string, string>>): void => {
  machine = createMachine(commands);
  machine.write('package.json', '{}');
  machine.write('package-lock.json', '{}');
  cpSync(join(process.cwd(), 'scripts'), join(machine.root, 'scripts'), { recursive: true });
  mkdirSync(machine.context.cacheFolder);
};
const run = () => {
  const { root, context } = machine;
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs')], {
    env: { PATH: `${context.env.PATH}:/usr/bin:/bin`, PAPER_NATIVE_CACHE: context.cacheFolder },
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
};

test('of two steps that fail at once each is told, the first one as soon as it is known', () => {
  setUp({
    npm: 'echo "npm error code E500" >&2; exit 1',
    python3: 'sleep 0.5; echo "ERROR: the index is closed" >&2; exit 1',
  });
  const { stderr, status } = run();
  expect(status).toBe(1);
  const [npm, pip] = [stderr.indexOf('npm could not install'), stderr.indexOf('pip could not download')];
  expect(npm).toBeGreaterThanOrEqual(0);
  expect(pip).toBeGreaterThan(npm);
  expect(stderr).toContain('pip said: ERROR: the index is closed');
});

test('what a killed set-up left in the cache is cleared; what another works in, or did lately, stays', () => {
  setUp({ npm: 'exit 1', python3: 'exit 1' });
  const cache = machine.context.cacheFolder;
  const aside = (name: string, owner: string | undefined, agedMs = 0): string => {
    const folder = join(cache, `unpacking-${name}`);
    mkdirSync(folder);
    if (owner !== undefined) writeFileSync(join(folder, 'owner'), owner);
    const then = new Date(Date.now() - agedMs);
    utimesSync(folder, then, then);
    return folder;
  };
  const dayMs = 86_400_000;
  const elsewhere = JSON.stringify({ pid: 1, start: '1', place: 'elsewhere' });
  const own = JSON.stringify(identityOf(process.pid));
  const dead = JSON.stringify({ ...identityOf(process.pid), start: 'another' });
  const kept = [aside('own', own, 2 * dayMs), aside('new', undefined), aside('far', elsewhere, dayMs / 2)];
  const cleared = [
    aside('dead', dead),
    aside('old', undefined, 2 * dayMs),
    aside('far-old', elsewhere, 2 * dayMs),
    aside('bad', '{', 2 * dayMs),
  ];
  run();
  expect(kept.map((folder) => existsSync(folder))).toEqual(kept.map(() => true));
  expect(cleared.map((folder) => existsSync(folder))).toEqual(cleared.map(() => false));
});
