/**
 * Bare clone -> everything installed: locked packages with their own Node, the native libraries, the
 * compiled addon and, with `--tests`, a browser. Has no dependencies. Each step is skipped when its stamp is
 * right, so that a second call takes no time, and is repaired when an earlier call was interrupted.
 */
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { checkNode } from './setup/check-node.mjs';
import { checkPlace } from './setup/check-place.mjs';
import { compileAddon } from './setup/compile-addon.mjs';
import { compileKernels } from './setup/compile-kernels.mjs';
import { setupContext } from './setup/context.mjs';
import { installChromium } from './setup/install-chromium.mjs';
import { installPackages } from './setup/install-packages.mjs';
import { obstacleOf } from './setup/obstacle.mjs';
import { provisionLibraries } from './setup/provision-libraries.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { takeSetupLock } from './setup/setup-lock.mjs';
import { endAbandonedCommands, noteCommandsIn } from './setup/started-commands.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What `--backend js` builds needs neither the library nor a compiler. */
const native = !/(^| )--backend[= ]js( |$)/.test(process.argv.slice(2).join(' '));

/** @typedef {readonly [string, (context: import('./setup/context.mjs').SetupContext) => Promise<boolean>]} Step */

/** @type {Step} */
const packages = ['install the locked packages and Node 22', installPackages];
/** @type {Step} */
const libraries = ['fetch the native libraries of TensorFlow and OpenBLAS', provisionLibraries];
/** @type {Step} */
const kernels = ['compile the kernels of our own', compileKernels];
/** @type {Step} */
const addon = ['compile the TensorFlow addon and try it', compileAddon];
/** @type {Step} */
const browser = ['find or install Chromium', installChromium];

/** One after the other; of each, what does not need each other is done at once. */
const steps = [
  native ? [[packages], [libraries, kernels]] : [[packages]],
  [...(native ? [[addon]] : []), ...(process.argv.includes('--tests') ? [[browser]] : [])],
];

/** @type {import('./setup/context.mjs').SetupContext | undefined} */
let context;
/**
 * Says what stands in the way.
 * @param {unknown} thrown
 */
const tell = (thrown) => {
  const error = context ? obstacleOf(thrown, context) : thrown;
  if (!(error instanceof SetupError)) throw error;
  console.error(error.text);
  process.exitCode = 1;
  return false;
};
/** @type {Awaited<ReturnType<typeof takeSetupLock>> | undefined} */
let lock;
try {
  checkNode();
  checkPlace(root);
  context = setupContext(root);
  lock = await takeSetupLock(join(root, '.paper', 'setup.lock'), () =>
    console.log('set-up: waiting for another set-up of this clone'),
  );
  const commands = join(root, '.paper', 'setup.commands');
  await endAbandonedCommands(commands, () =>
    console.log('set-up: waiting for a command of a set-up that was killed'),
  );
  noteCommandsIn(commands);
  const { beat } = lock;
  const here = context;
  /** @param {Step} step */
  const take = async ([name, step]) => {
    const startMs = performance.now();
    const begin = () => {
      beat();
      console.log(`set-up: ${name} ...`);
    };
    const worked = await step({ ...here, begin });
    if (worked)
      console.log(`set-up: ${name}: done in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  };
  const takeAll = async (/** @type {readonly Step[]} */ line) => {
    for (const step of line) await take(step);
  };
  for (const together of steps) {
    // One that fails does not undo the other, and is told of at once.
    const ended = await Promise.all(together.map((line) => takeAll(line).then(() => true, tell)));
    if (!ended.every(Boolean)) break;
  }
} catch (error) {
  tell(error);
} finally {
  await lock?.release();
}
