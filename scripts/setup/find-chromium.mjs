import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser that the tests drive: `CHROMIUM_PATH` if set, otherwise the first one on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} its path
 */
export const findChromium = (env = process.env) => {
  const folders = (env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...(env['CHROMIUM_PATH'] ? [env['CHROMIUM_PATH']] : []),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
};
