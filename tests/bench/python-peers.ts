import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { outsideEnvironment } from '../../scripts/setup/run-command.mjs';
import { sha256, stampIs, writeStamp } from '../../scripts/setup/stamp.mjs';
import { startTimedProcess, type TimedProcess } from './timed-process.ts';

/** Makes the peers' own Python environment once, with the pinned packages; again when the pins change. */
const providePeers = async (folder: string): Promise<string> => {
  const venv = join(folder, '.venv');
  const requirements = join(folder, 'requirements.txt');
  const stamp = join(venv, '.paper-peers');
  const digest = sha256(readFileSync(requirements));
  const python = join(venv, 'bin', 'python');
  if (existsSync(python) && stampIs(stamp, digest)) return python;
  console.log('bench: install the Python peers ...');
  const options = { env: outsideEnvironment(process.env), stdio: 'inherit' } as const;
  await execa('python3', ['-m', 'venv', '--clear', venv], options);
  await execa(
    python,
    ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '-r', requirements],
    options,
  );
  writeStamp(stamp, digest);
  return python;
};

/**
 * A Python script that serves tasks, on so many threads and at its best: what an environment may say of the kernels of
 * numpy's BLAS is taken out.
 *
 * @param folder of the script; the packages that it needs are pinned in its `requirements.txt`
 */
export const startPythonPeer = async (
  folder: string,
  script: string,
  threads: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<TimedProcess> => {
  const count = String(threads);
  return startTimedProcess(await providePeers(folder), [join(folder, script)], {
    OPENBLAS_CORETYPE: undefined,
    OPENBLAS_L2_SIZE: undefined,
    OPENBLAS_NUM_THREADS: count,
    OMP_NUM_THREADS: count,
    MKL_NUM_THREADS: count,
    ...environment,
  });
};
