import { statSync } from 'node:fs';
import { PaperError } from '../stage/paper-error.ts';
import type { ExternalFile, Stage } from '../stage/pipeline.ts';
import type { FileDigests } from './file-digests.ts';

const state = (path: string): 'file' | 'folder' | 'gone' => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'gone';
  return found.isFile() ? 'file' : 'folder';
};

export const fileChanged = (path: string, expected: string, received: string): PaperError =>
  new PaperError('FileChanged', `${path} is not the file that was named by its digest.`, {
    details: [`expected sha256 ${expected}`, `received ${received}`],
    hint: `if this is the file that you mean, name it by ${received}`,
  });

/**
 * The digest of a file from outside the project, taken before anything runs: what it holds now decides the key, and
 * neither its name nor what it held when a result was stored.
 *
 * @throws FileMissing; FileChanged when it does not have the digest that it was named with
 */
export const externalDigest = (
  { name: stageName }: Stage,
  name: string,
  { path, sha256 }: ExternalFile,
  digests: FileDigests,
): string => {
  const found = state(path);
  if (found !== 'file') {
    throw new PaperError('FileMissing', `stage '${stageName}' needs a file that is not there: ${path}`, {
      details: [
        `expected a file for '${name}'; received ${found === 'gone' ? 'nothing' : 'a folder or a device'}`,
      ],
      hint: 'give the path of a file that exists.',
    });
  }
  const received = digests.file(path) ?? '';
  if (sha256 === undefined || sha256 === received) return received;
  throw fileChanged(path, sha256, received);
};
