import { statfsSync } from 'node:fs';
import { PaperError } from '../stage/paper-error.ts';

const reasons: Readonly<Record<string, readonly [name: string, what: string, hint: string]>> = {
  ENOSPC: [
    'DiskFull',
    'the disk is full',
    'free some space, for example by `npm run paper -- gc`, and run the same command again: nothing was lost.',
  ],
  EDQUOT: [
    'DiskFull',
    'your quota is used up',
    'free some space, for example by `npm run paper -- gc`, and run the same command again: nothing was lost.',
  ],
  EROFS: [
    'NotWritable',
    'it lies on a read-only disk',
    'set PAPER_STORE to a folder that can be written, or make this one writable.',
  ],
  EACCES: [
    'NotWritable',
    'this user may not write there',
    'set PAPER_STORE to a folder that can be written, or change its owner.',
  ],
  EPERM: [
    'NotWritable',
    'this user may not write there',
    'set PAPER_STORE to a folder that can be written, or change its owner.',
  ],
  ENOTDIR: [
    'NotAFolder',
    'a part of its path is a file, not a folder',
    'remove the file that stands in the way.',
  ],
  EEXIST: ['NotAFolder', 'a file stands where a folder should be', 'remove the file that stands in the way.'],
};

/** A fault of the disk as a person can mend it; any other error as it is. */
export const diskError = (error: unknown, fallback = ''): unknown => {
  const {
    code: said = '',
    path = fallback,
    syscall,
    dest,
  } = error as NodeJS.ErrnoException & { dest?: string };
  // Of a disk that cannot be written to, Node says of a folder to be made that nothing is there.
  const code = said === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : said;
  const found = reasons[code];
  if (!found || error instanceof PaperError) return error;
  const [name, what, hint] = found;
  return new PaperError(name, `${dest ?? (path || 'a file')} cannot be written: ${what}.`, {
    details: [`the system said ${said}`],
    hint,
    cause: error,
  });
};

/** Work on files whose faults are told by `diskError`. */
export const onDisk = async <T>(path: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw diskError(error, path);
  }
};

/** Whether a folder on the way cannot be written, or is none: what is there may still be read. */
export const isUnwritable = (error: unknown): boolean =>
  ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');

/** So little is as good as nothing: a file system keeps some for itself. */
const leastBytes = 2 ** 16;

/** Whether the disk that holds a folder has no room left. */
export const isDiskFull = (folder: string): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < leastBytes;
};

/** The error of a process that could not write, and could not say why. @param path empty: nobody knows it */
export const diskFull = (path: string): PaperError =>
  diskError(Object.assign(new Error(), { code: 'ENOSPC' }), path) as PaperError;
