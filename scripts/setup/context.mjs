import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} SetupContext
 * @property {string} root the project's folder
 * @property {string} cacheFolder shared by all clones of this user; holds the unpacked native library
 * @property {NodeJS.ProcessEnv} env
 * @property {() => void} begin says that the step has work to do
 */

/**
 * The unpacked library takes 0.6 GB, so clones share it: in `PAPER_NATIVE_CACHE` if that is set, otherwise in
 * the user's cache folder.
 * @param {string} root
 * @returns {SetupContext}
 */
export const setupContext = (root, env = process.env) => ({
  root,
  cacheFolder:
    env['PAPER_NATIVE_CACHE'] ??
    join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'reproducible-paper'),
  env,
  begin: () => {},
});
