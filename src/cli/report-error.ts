import { setTimeout } from 'node:timers/promises';
import { diskFull } from '../engine/index.ts';
import { formatError, PaperError } from '../engine/stage/index.ts';
import { exitCodes } from './help-text.ts';

/** What stands in the way of a file or folder, by the system's word for it. */
const obstacles: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EACCES: ['it may not be used by this user', 'see who owns it, and what `ls -ld` says of its folder.'],
  EPERM: ['it may not be used by this user', 'see who owns it, and what `ls -ld` says of its folder.'],
  EROFS: ['it is on a disk that cannot be written to', 'work in a clone on another disk.'],
  ENOTDIR: ['a file stands where a folder should be', 'move that file away, and run the same command again.'],
  EEXIST: ['a file stands where a folder should be', 'move that file away, and run the same command again.'],
  EXDEV: [
    'it is on another disk than where it belongs',
    'put both on one disk; PAPER_STORE alone may be elsewhere.',
  ],
  EBUSY: [
    'something holds it, such as a disk mounted there',
    'mount the folder above it, and run the same command again.',
  ],
};

/** Not every program tells it by Node's code: what bundles the pages has a sentence for it. */
const tellsFullDisk = ({ code = '', message }: NodeJS.ErrnoException): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(code) || /no space left on device/i.test(message);

/** What esbuild says of requests that its process cannot answer any more. */
const tellsBundlerEnded = ({ message }: Error): boolean =>
  /^The service (was stopped|is no longer running)/.test(message);

/** What the disk refuses, or whoever ends processes does, is no fault of the program. */
export const namedError = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof PaperError) return error;
  if (tellsBundlerEnded(error))
    return new PaperError('BundlerEnded', 'the bundler was ended from outside before it had answered.', {
      details: [`esbuild said: ${error.message}`],
      hint: 'the system ends a process so when memory runs out; run the same command again.',
      cause: error,
    });
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (tellsFullDisk(error)) return diskFull(path ?? '');
  // Of a disk that cannot be written to, Node says of a folder to be made that nothing is there.
  const known = code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : (code ?? '');
  const obstacle = obstacles[known];
  if (!obstacle || path === undefined) return error;
  return new PaperError('FileUnusable', `${path} cannot be used: ${obstacle[0]}.`, {
    details: [`the system said ${code} to ${syscall}`],
    hint: obstacle[1],
    cause: error,
  });
};

/** So long a signal that ended the bundler may be under way to this process. */
const signalMs = 500;

/** Commands that end with the first mistake in what an author wrote. */
const endingAtFirst = ['build', 'export', 'results'];

/** What runs is not run by a check. */
const isOfText = ({ where }: PaperError): boolean => /^content\//.test(where?.file ?? '');

/** A person's mistake is told without a stack; anything else is ours and keeps it. @param command that was run */
export const reportError = async (thrown: unknown, command?: string): Promise<void> => {
  const error = namedError(thrown);
  // Who ends all processes of a group ends the bundler's too, and that may be heard of first: then this one ends as well.
  if (error instanceof PaperError && error.name === 'BundlerEnded') await setTimeout(signalMs);
  if (error instanceof PaperError) {
    console.error(`\n${formatError(error)}`);
    if (endingAtFirst.includes(command ?? '') && isOfText(error))
      console.error('\nThis is the first mistake that was met: `npm run check` tells every one.');
  } else console.error('\ninternal error, a fault of this program:\n', error);
  process.exitCode = error instanceof PaperError ? exitCodes.refused : exitCodes.internal;
};
