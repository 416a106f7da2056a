import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { outsideEnvironment } from '../../../scripts/setup/run-command.mjs';

const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'reproducible-paper', 'peers');

/** A peer's folder, filled once for each version; one that a killed installation left half-made is filled again. */
const fill = async (name: string, install: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(cache, name.replaceAll('/', '+'));
  const whole = join(folder, '.whole');
  if (existsSync(whole)) return folder;
  console.log(`bench: install ${name} ...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await install(folder);
  writeFileSync(whole, '');
  return folder;
};

/** @returns the folder that holds `node_modules` */
export const provideNodePeer = (packageAtVersion: string): Promise<string> =>
  fill(packageAtVersion, async (folder) => {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    await execa('npm', ['install', '--save-exact', '--no-audit', '--no-fund', packageAtVersion], {
      cwd: folder,
      env: outsideEnvironment(process.env),
      extendEnv: false,
    });
  });

/** @returns the folder of executables of an environment that holds the packages */
export const providePythonPeer = async (name: string, packages: readonly string[]): Promise<string> => {
  const folder = await fill(name, async (made) => {
    const options = { env: outsideEnvironment(process.env), extendEnv: false };
    await execa('python3', ['-m', 'venv', made], options);
    await execa(join(made, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...packages], options);
  });
  return join(folder, 'bin');
};
