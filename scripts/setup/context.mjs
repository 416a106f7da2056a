import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * @typedef {object} SetupContext
 * @property {string} root the project's folder
 * @property {string} cacheFolder shared by all clones of this user; holds the unpacked native library
 * @property {NodeJS.ProcessEnv} env
 * @property {() => void} begin says that the step has work to do
 */

/**
 * The folder for what can be fetched again: the user's, or the clone's own where the user has none. A path that is not
 * absolute is none, as the XDG specification has it.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
const fetchedFolder = (root, env) => {
  const given = env['XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(given)) return given;
  // Empty, or unset for a user whom the system's list does not know, who has none.
  const home = env['HOME'] ?? passwdHome();
  return isAbsolute(home) ? join(home, '.cache') : join(root, '.paper', 'cache');
};

const passwdHome = () => {
  try {
    return homedir();
  } catch {
    return '';
  }
};

/**
 * The unpacked library takes 0.6 GB, so clones share it: in `PAPER_NATIVE_CACHE` if that is set, otherwise in
 * the user's cache folder.
 * @param {string} root
 * @returns {SetupContext}
 */
export const setupContext = (root, env = process.env) => ({
  root,
  cacheFolder: resolve(env['PAPER_NATIVE_CACHE'] || join(fetchedFolder(root, env), 'reproducible-paper')),
  env,
  begin: () => {},
});
