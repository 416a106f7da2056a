import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath, addonStamp, addonStampText, compilerFlags, ownSources } from './addon-identity.mjs';
import { projectNode } from './install-packages.mjs';
import { libraryFolder, wheelOfThisPlatform } from './provision-library.mjs';
import { outsideEnvironment, runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { stampIs, writeStamp } from './stamp.mjs';

const bindingSources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];

/** One product by TensorFlow and one decomposition through the addon's general door: what the build rests on. */
const trial = `
const tf = require('@tensorflow/tfjs-node');
const a = tf.tensor2d([[3, 0], [0, 4]]);
const s = tf.backend().executeMultipleOutputs('Svd', [
  { name: 'T', type: tf.backend().binding.TF_ATTR_TYPE, value: tf.backend().binding.TF_FLOAT },
  { name: 'compute_uv', type: tf.backend().binding.TF_ATTR_BOOL, value: false },
  { name: 'full_matrices', type: tf.backend().binding.TF_ATTR_BOOL, value: false },
], [tf.matMul(a, a)], 3)[0].dataSync();
if (Math.abs(s[0] - 16) > 1e-4 || Math.abs(s[1] - 9) > 1e-4) throw new Error('wrong singular values: ' + s);
`;

/** @param {string} link @param {string} target */
const relink = (link, target) => {
  rmSync(`${link}.new`, { recursive: true, force: true });
  symlinkSync(target, `${link}.new`);
  rmSync(link, { recursive: true, force: true });
  renameSync(`${link}.new`, link);
};

/**
 * Compiles tfjs-node's addon against the provisioned library and tries it. tfjs-node's own installer downloads
 * from a bucket that refuses everyone (its issue 8742), so this stands in for it.
 * @param {import('./context.mjs').SetupContext} context
 */
export const compileAddon = (context) => {
  const { root, env } = context;
  const tfjs = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  const library = libraryFolder(context);
  const { compiler: compilerName, compilerFrom, linking } = wheelOfThisPlatform();
  const addon = addonPath(root);
  const stamp = addonStamp(root);
  // What was compiled from other sources, and what was changed after it was compiled, is compiled again.
  const isOfToday = () => stampIs(stamp, `${addonStampText(root)} ${library}`);
  if (existsSync(addon) && isOfToday()) return false;

  context.begin();
  mkdirSync(join(tfjs, 'deps'), { recursive: true });
  mkdirSync(join(tfjs, 'lib', 'napi-v8'), { recursive: true });
  relink(join(tfjs, 'deps', 'lib'), join(library, 'lib'));
  relink(join(tfjs, 'deps', 'include'), join(library, 'include'));
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  const compiler = runCommand(
    compilerName,
    // biome-ignore format: one option a line says nothing more
    [...compilerFlags, `-I${headers}`, '-Ideps/include', '-Ibinding', ...bindingSources, ...ownSources(), '-o', `${addon}.new`, '-Ldeps/lib',
      ...linking],
    { cwd: tfjs, env: outsideEnvironment(env) },
  );
  if (!compiler.found) {
    throw new SetupError(
      'NoCompiler',
      `${compilerName} was not found on the PATH, and the TensorFlow addon has to be compiled once.`,
      {
        details: ['expected a compiler of C++17, such as g++ 9 or later; found none'],
        hint: `install it, for example with \`${compilerFrom}\`, and run the same command again.`,
      },
    );
  }
  if (!compiler.ok) {
    throw new SetupError('CompileFailed', `${compilerName} could not compile the TensorFlow addon.`, {
      details: [
        `${compilerName} said: ${compiler.output.split('\n').find((line) => /error/.test(line)) ?? compiler.lastLine}`,
      ],
      hint: `the addon needs a compiler of C++17 with its standard library; see \`${compilerName} --version\`.`,
    });
  }
  renameSync(`${addon}.new`, addon);
  const node = runCommand(projectNode(root), ['-e', trial], { cwd: root, env });
  if (!node.ok) {
    throw new SetupError(
      'AddonUnusable',
      'the compiled TensorFlow addon does not load or does not compute.',
      {
        details: [
          `Node said: ${node.output.split('\n').find((line) => /Error/.test(line)) ?? node.lastLine}`,
        ],
        hint: `remove ${library} and run the same command again; the library is then fetched anew.`,
      },
    );
  }
  writeStamp(stamp, `${addonStampText(root)} ${library}`);
  return true;
};
