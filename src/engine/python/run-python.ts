import { execFile, spawnSync } from 'node:child_process';
import { PaperError } from '../stage/paper-error.ts';

/** The command by which the machine's Python is found; what is run is the program that it stands for. */
export const pythonCommand = (): string => process.env['PAPER_PYTHON'] ?? 'python3';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param program what the command is known to stand for; found by it unless given
 * @throws PythonMissing
 */
export const runPython = (args: readonly string[], program = pythonCommand()): Promise<Ended> =>
  new Promise((resolve, reject) => {
    execFile(
      program,
      [...args],
      { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          reject(
            new PaperError('PythonMissing', `'${program}' cannot be run.`, {
              details: [`expected Python 3.10 or later; received ${error.code ?? error.message}`],
              hint: 'install python3, or name it: `PAPER_PYTHON=/path/to/python3 npm run build`.',
              cause: error,
            }),
          );
          return;
        }
        resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      },
    );
  });

/** Why no Python can run a stage here, in words; null where one can. */
export const whyNoPython = (): string | null => {
  const { status, stdout } = spawnSync(
    pythonCommand(),
    // Without the packages of a site, which a version needs none of and a start pays for.
    ['-I', '-S', '-c', 'import sys; print(sys.version_info >= (3, 10))'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) return 'there is no python3 on this machine';
  return stdout.trim() === 'True' ? null : 'the python3 of this machine is older than 3.10';
};
