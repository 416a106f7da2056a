import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativePlatforms } from './native-platforms.mjs';
import { sha256 } from './stamp.mjs';

/**
 * The package that the addon is compiled in, as Node finds it from the project.
 * @param {string} root
 */
const packageFolder = (root) => {
  const below = join('node_modules', '@tensorflow', 'tfjs-node');
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, below))) return join(folder, below);
    if (folder === dirname(folder)) return join(root, below);
  }
};

/** What the compiler is told, besides paths. */
export const compilerFlags = [
  '-std=c++17',
  '-O2',
  '-fPIC',
  '-shared',
  '-pthread',
  '-fopenmp-simd',
  '-DNAPI_VERSION=8',
  '-DNODE_GYP_MODULE_NAME=tfjs_binding',
  '-DTF_NewTensor=OwnedTensor',
];

/** Our own kernels, which are registered as the addon is loaded, and what stands in for a function of TensorFlow. */
const ownFolder = fileURLToPath(new URL('../../src/tensor/native', import.meta.url));

/** @returns {readonly string[]} absolute paths of our own sources that are compiled; headers are reached by them */
export const ownSources = () =>
  readdirSync(ownFolder)
    .filter((name) => name.endsWith('.cc'))
    .sort()
    .map((name) => join(ownFolder, name));

const literalOrComment = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/**
 * C++ without its comments and layout: they do not change what is compiled.
 * @param {string} text
 */
export const withoutComments = (text) =>
  text
    .replace(literalOrComment, (found) => (found.startsWith('/') ? ' ' : found))
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n');

/** @param {string} folder @returns {readonly string[]} `name content` of every source in it */
const sourcesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort()
    .map((name) => `${name}\n${withoutComments(readFileSync(join(folder, name), 'utf8'))}`);

/** What objects of our own sources are compiled from, besides headers of a library. */
export const ownDigest = () => sha256(compilerFlags.join(' '), ...sourcesIn(ownFolder));

/**
 * What the TensorFlow addon is compiled from, and the libraries that it links: the same on every machine, whatever bytes
 * its compiler makes of it. It stands for the addon in keys.
 * @param {string} root the project's folder
 * @param {string} [platform] this one unless given
 */
export const addonIdentity = (root, platform = `${process.platform}-${process.arch}`) => {
  const native = nativePlatforms[platform];
  const binding = join(packageFolder(root), 'binding');
  return sha256(
    ...(native
      ? [native.tensorflow, native.openblas].map(
          (wheel) => `${wheel.package} ${wheel.version} ${wheel.sha256}`,
        )
      : []),
    native?.linking.join(' ') ?? 'no library',
    compilerFlags.join(' '),
    ...sourcesIn(binding),
    ...sourcesIn(ownFolder),
  );
};

/** @param {string} root */
export const addonPath = (root) => join(packageFolder(root), 'lib', 'napi-v8', 'tfjs_binding.node');

/** @param {string} root */
export const addonStamp = (root) => join(packageFolder(root), 'lib', '.paper-addon');

/**
 * The line that set-up leaves beside the addon that it compiled: what it was compiled from, and what came of it.
 * @param {string} root
 */
export const addonStampText = (root) => `${addonIdentity(root)} ${sha256(readFileSync(addonPath(root)))}`;
