import { findChromium } from './find-chromium.mjs';
import { outsideEnvironment, runCommand, speaksOfNetwork } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'];

/**
 * Debian's chromium, where the tests need a browser and none is found.
 * @param {import('./context.mjs').SetupContext} context
 */
export const installChromium = async ({ env, begin }) => {
  if (findChromium(env)) return false;
  begin();
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  // Half an installation would stand in the way of every other.
  const options = {
    mayBeEnded: false,
    env: { ...outsideEnvironment(env), DEBIAN_FRONTEND: 'noninteractive' },
  };
  const run = (/** @type {readonly string[]} */ words) => {
    const [command = '', ...args] = [...asRoot, ...words];
    return runCommand(command, args, options);
  };
  await run(['apt-get', 'update']);
  const apt = await run(install);
  if (findChromium(env)) return true;
  const network = apt.found && speaksOfNetwork(apt.output);
  throw new SetupError(
    network ? 'NoNetwork' : 'NoBrowser',
    network
      ? 'apt-get could not reach its archive.'
      : 'the browser tests need Chromium; none was found, and it could not be installed.',
    {
      details: [apt.found ? `apt-get said: ${apt.lastLine}` : 'apt-get was not found either'],
      hint: `run \`sudo ${install.join(' ')}\`, or set CHROMIUM_PATH to a Chromium, and run the same command again.`,
    },
  );
};
