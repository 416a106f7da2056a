import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * A stamp is written after a step's work is whole, and holds a digest of all that the step depends on. So an
 * interrupted step has no stamp, and a changed one has the wrong stamp.
 * @param {string} file
 * @param {string} digest
 */
export const stampIs = (file, digest) => {
  try {
    return readFileSync(file, 'utf8') === digest;
  } catch {
    return false;
  }
};

/**
 * @param {string} file
 * @param {string} digest
 */
export const writeStamp = (file, digest) => {
  writeFileSync(`${file}.${process.pid}`, digest);
  renameSync(`${file}.${process.pid}`, file);
};

/** @param {readonly (string | Buffer)[]} parts */
export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};
