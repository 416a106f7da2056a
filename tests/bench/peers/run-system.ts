import { execa } from 'execa';
import { outsideEnvironment } from '../../../scripts/setup/run-command.mjs';
import type { BuildEnd } from './peer-system.ts';

/** A system's command, to its end, with whatever it left running. @param paths where executables are looked for first */
export const runSystem = async (
  folder: string,
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  paths: readonly string[],
): Promise<BuildEnd> => {
  const outside = outsideEnvironment(process.env);
  const child = execa(command, words, {
    cwd: folder,
    env: { ...outside, PATH: [...paths, outside['PATH']].join(':'), ...environment },
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
    detached: true,
    timeout: 120_000,
  });
  const { exitCode, all } = await child;
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // Nothing was left of its group.
  }
  return { exitCode: exitCode ?? 1, said: all };
};
