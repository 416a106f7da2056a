import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath, addonStamp, addonStampText } from './addon-identity.mjs';
import { compileAll, compilerIn, kernelFolder, kernelObjects, requireCompiled } from './compile-kernels.mjs';
import { projectNode } from './install-packages.mjs';
import { libraryFolder, thisPlatform } from './provision-libraries.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { stampIs, writeStamp } from './stamp.mjs';

const bindingSources = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];

/** One product by TensorFlow and one decomposition by LAPACK, in float64: what the build rests on. */
const trial = `
const binding = require('@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
const [double, long] = [2, 9];
const type = (name, value) => ({ name, type: binding.TF_ATTR_TYPE, value });
const flag = (name) => ({ name, type: binding.TF_ATTR_BOOL, value: false });
const run = (name, attributes, inputs, outputs) =>
  binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => id);
const as = (id, from, to) => run('Bitcast', [type('T', from), type('type', to)], [id], 1)[0];
const words = new Int32Array(Float64Array.of(3, 0, 0, 4).buffer);
const a = as(binding.createTensor([1, 2, 2], long, words), long, double);
const product = [type('T', double), flag('adj_x'), flag('adj_y')];
const [values] = run('PaperSingularValues', [], run('BatchMatMulV2', product, [a, a], 1), 2);
const read = binding.tensorDataSync(as(values, double, long));
const s = new Float64Array(read.buffer, read.byteOffset, 2);
if (Math.abs(s[0] - 16) > 1e-12 || Math.abs(s[1] - 9) > 1e-12) throw new Error('wrong singular values: ' + s);
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
export const compileAddon = async (context) => {
  const { root, env } = context;
  const tfjs = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
  const { tensorflow, openblas, linking } = thisPlatform();
  const library = libraryFolder(context, tensorflow);
  const lapack = libraryFolder(context, openblas);
  const addon = addonPath(root);
  const stamp = addonStamp(root);
  // What was compiled from other sources, and what was changed after it was compiled, is compiled again.
  const stampText = () => `${addonStampText(root)} ${library} ${lapack}`;
  const isOfToday = () => stampIs(stamp, stampText());
  if (existsSync(addon) && isOfToday()) return false;

  context.begin();
  mkdirSync(join(tfjs, 'deps'), { recursive: true });
  mkdirSync(join(tfjs, 'lib', 'napi-v8'), { recursive: true });
  relink(join(tfjs, 'deps', 'lib'), join(library, 'lib'));
  relink(join(tfjs, 'deps', 'include'), join(library, 'include'));
  relink(join(tfjs, 'deps', 'openblas'), lapack);
  const headers = join(root, 'node_modules', 'node-api-headers', 'include');
  const objects = `${addon}.objects`;
  mkdirSync(objects, { recursive: true });
  const compile = compilerIn(context, tfjs);
  const includes = [`-I${headers}`, '-Ideps/include', '-Ibinding'];
  const linked = [
    ...(await compileAll(bindingSources, objects, compile, includes)),
    ...(await kernelObjects(context)),
    ...['-o', `${addon}.new`, '-Ldeps/lib', '-Ldeps/openblas/lib', ...linking],
  ];
  // GNU's other linker looks through TensorFlow's names in a fifth of the time; not every machine has it.
  const quick = await compile([...linked, '-fuse-ld=gold']);
  requireCompiled(quick.ok ? quick : await compile(linked));
  for (const folder of [objects, kernelFolder(root)]) rmSync(folder, { recursive: true, force: true });
  renameSync(`${addon}.new`, addon);
  const node = await runCommand(projectNode(root), ['-e', trial], { cwd: root, env });
  if (!node.ok) {
    throw new SetupError(
      'AddonUnusable',
      'the compiled TensorFlow addon does not load or does not compute.',
      {
        details: [
          `Node said: ${node.output.split('\n').find((line) => /Error/.test(line)) ?? node.lastLine}`,
        ],
        hint: `remove ${library} and ${lapack} and run the same command again; the libraries are then fetched anew.`,
      },
    );
  }
  writeStamp(stamp, stampText());
  return true;
};
