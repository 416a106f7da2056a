import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { addonStamp, compilerFlags, ownDigest, ownSources } from './addon-identity.mjs';
import { libraryFolder, thisPlatform } from './provision-libraries.mjs';
import { outsideEnvironment, runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { stampIs, writeStamp } from './stamp.mjs';

/**
 * A compiler as it runs in a folder.
 * @param {import('./context.mjs').SetupContext} context
 * @param {string} cwd
 */
export const compilerIn =
  ({ env }, cwd) =>
  (/** @type {readonly string[]} */ words) =>
    runCommand(thisPlatform().compiler, [...compilerFlags, ...words], { cwd, env: outsideEnvironment(env) });

/**
 * @param {Awaited<ReturnType<typeof runCommand>>} compiled
 * @throws NoCompiler, CompileFailed
 */
export const requireCompiled = (compiled) => {
  const { compiler, compilerFrom } = thisPlatform();
  if (!compiled.found) {
    throw new SetupError(
      'NoCompiler',
      `${compiler} was not found on the PATH, and the TensorFlow addon has to be compiled once.`,
      {
        details: ['expected a compiler of C++17, such as g++ 9 or later; found none'],
        hint: `install it, for example with \`${compilerFrom}\`, and run the same command again.`,
      },
    );
  }
  if (!compiled.ok) {
    throw new SetupError('CompileFailed', `${compiler} could not compile the TensorFlow addon.`, {
      details: [
        `${compiler} said: ${compiled.output.split('\n').find((line) => /error/.test(line)) ?? compiled.lastLine}`,
      ],
      hint: `the addon needs a compiler of C++17 with its standard library; see \`${compiler} --version\`.`,
    });
  }
};

/** @param {string} folder @param {string} source */
const objectOf = (folder, source) => join(folder, `${basename(source)}.o`);

/**
 * Compiles every source, as many at once as there are processors. The first that fails is what is told.
 * @param {readonly string[]} sources
 * @param {string} folder of the objects
 * @param {ReturnType<typeof compilerIn>} compile
 * @param {readonly string[]} includes
 * @returns {Promise<readonly string[]>} the objects
 */
export const compileAll = async (sources, folder, compile, includes) => {
  const left = [...sources];
  /** @type {Awaited<ReturnType<typeof runCommand>> | undefined} */
  let failed;
  const work = async () => {
    for (let source = left.shift(); source !== undefined && !failed; source = left.shift()) {
      const done = await compile([...includes, '-c', source, '-o', objectOf(folder, source)]);
      if (!done.ok) failed ??= done;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (failed) requireCompiled(failed);
  return sources.map((source) => objectOf(folder, source));
};

/** Where objects of our own sources wait for the addon that they go into. */
export const kernelFolder = (/** @type {string} */ root) => join(root, '.paper', 'kernels');

/**
 * The objects of our own sources, made unless an earlier step did.
 * @param {import('./context.mjs').SetupContext} context
 */
export const kernelObjects = async (context) => {
  const { root } = context;
  const folder = kernelFolder(root);
  const include = join(libraryFolder(context, thisPlatform().tensorflow), 'include');
  const stamp = join(folder, 'complete');
  const stampText = `${ownDigest()} ${include}`;
  if (stampIs(stamp, stampText)) return ownSources().map((source) => objectOf(folder, source));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const objects = await compileAll(ownSources(), folder, compilerIn(context, root), [`-I${include}`]);
  writeStamp(stamp, stampText);
  return objects;
};

/**
 * Compiles our own kernels, which need nothing that npm installs, while it does so. Where an addon is, whoever compiles
 * that looks whether it is of today.
 * @param {import('./context.mjs').SetupContext} context
 */
export const compileKernels = async (context) => {
  if (existsSync(addonStamp(context.root))) return false;
  context.begin();
  await kernelObjects(context);
  return true;
};
