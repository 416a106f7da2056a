import { execFile } from 'node:child_process';
import { PaperError } from '../stage/paper-error.ts';

/** The command by which the machine's Python is found; what is run is the program that it stands for. */
export const pythonCommand = (): string => process.env['PAPER_PYTHON'] ?? 'python3';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @throws PythonMissing */
export const runPython = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve, reject) => {
    execFile(
      pythonCommand(),
      [...args],
      { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          reject(
            new PaperError('PythonMissing', `'${pythonCommand()}' cannot be run.`, {
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

/** Whether stages in Python can run here at all. */
export const isPythonHere = async (): Promise<boolean> =>
  runPython(['-I', '-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).then(
    ({ code }) => code === 0,
    () => false,
  );
