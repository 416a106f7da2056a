import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileDigests } from '../keys/file-digests.ts';
import { lockKey } from '../run/key-lock.ts';
import { PaperError } from '../stage/paper-error.ts';
import { runPython } from './run-python.ts';

/** Whether a folder of packages holds what was put there. */
const isWhole = (folder: string): boolean =>
  existsSync(`${folder}.sha256`) &&
  existsSync(folder) &&
  readFileSync(`${folder}.sha256`, 'utf8') === createFileDigests().folder(folder);

const pipFailed = (file: string, stderr: string): PaperError => {
  const said = stderr.trim().split('\n').slice(-4);
  if (/No module named pip/.test(stderr)) {
    return new PaperError('PipMissing', 'this Python has no pip.', {
      details: said,
      hint: 'install it: `python3 -m ensurepip`, or the package python3-pip of the system.',
    });
  }
  if (/Connection|Temporary failure|NewConnectionError|Max retries|timed out/i.test(stderr)) {
    return new PaperError('PackagesUnreachable', `pip could not fetch the packages of ${file}.`, {
      details: said,
      hint: 'run the same command with a network; what was fetched once is kept.',
    });
  }
  return new PaperError('PackagesNotInstalled', `pip could not install the packages of ${file}.`, {
    details: said,
    hint: 'every package needs a wheel for this platform, and its hash in the file.',
  });
};

/**
 * Installs locked packages into a folder named by their digest: made aside, renamed when whole, made again when damaged.
 *
 * @returns the folder
 * @throws PipMissing, PackagesUnreachable, PackagesNotInstalled, PythonMissing
 */
export const installRequirements = async (cache: string, file: string, digest: string): Promise<string> => {
  const folder = join(cache, digest);
  mkdirSync(cache, { recursive: true });
  const giveBack = await lockKey(`${folder}.lock`, () => {});
  try {
    if (isWhole(folder)) return folder;
    const aside = `${folder}.making`;
    rmSync(aside, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    const { code, stderr } = await runPython([
      ...[
        '-I',
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-input',
        '--no-compile',
      ],
      ...['--require-hashes', '--no-deps', '--only-binary=:all:', '--target', aside, '-r', file],
    ]);
    if (code !== 0) {
      rmSync(aside, { recursive: true, force: true });
      throw pipFailed(file, stderr);
    }
    writeFileSync(`${folder}.sha256`, createFileDigests().folder(aside));
    renameSync(aside, folder);
    return folder;
  } finally {
    await giveBack();
  }
};
