import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npmObstacle } from './obstacle.mjs';
import { outsideEnvironment, refusalIn, runCommand, speaksOfNetwork } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { sha256, stampIs, writeStamp } from './stamp.mjs';

/** The project's own Node: a package, so that every machine runs the same one. */
export const projectNode = (/** @type {string} */ root) => join(root, 'node_modules', '.bin', 'node');

/**
 * What names packages: the project's, and each paper's own.
 * @param {string} root
 */
const manifestsOf = (root) => {
  const experiments = join(root, 'experiments');
  const own = existsSync(experiments)
    ? readdirSync(experiments)
        .sort()
        .map((paper) => join(experiments, paper, 'package.json'))
        .filter((path) => existsSync(path))
    : [];
  return [join(root, 'package.json'), join(root, 'package-lock.json'), ...own];
};

/**
 * What npm would say of it is another file's.
 * @param {string} root
 * @param {string} path
 */
const requireJson = (root, path) => {
  try {
    JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SetupError('BadPackage', `${relative(root, path)} is not JSON.`, {
      details: [String(error instanceof Error ? error.message : error)],
      hint: 'check the commas, quotation marks and brackets there, and run the same command again.',
    });
  }
};

/**
 * Whether every package is there that npm noted when it was done, and the Node is one of this platform: node_modules may
 * have been copied from elsewhere, or be removed in part.
 * @param {string} root
 */
const isWhole = (root) => {
  try {
    const [, platform] =
      /\/node_modules\/node(?:-bin)?-([^/]+)\//.exec(realpathSync(projectNode(root))) ?? [];
    if (platform !== undefined && platform !== `${process.platform}-${process.arch}`) return false;
    /** @type {{ readonly packages: object }} */
    const { packages } = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
    return Object.keys(packages).every((path) => existsSync(join(root, path, 'package.json')));
  } catch {
    return false;
  }
};

/**
 * Installs exactly what the lockfile says, without running any package's install script. The stamp lies inside
 * node_modules, so that it goes when that goes.
 * @param {import('./context.mjs').SetupContext} context
 */
export const installPackages = async ({ root, env, begin }) => {
  const manifests = manifestsOf(root);
  const digest = sha256(...manifests.map((path) => readFileSync(path)));
  const stamp = join(root, 'node_modules', '.paper-packages');
  if (stampIs(stamp, digest) && isWhole(root)) return false;
  for (const path of manifests) requireJson(root, path);
  begin();
  // Whoever asked for silence of this program did not ask for an npm that fails without a word.
  const npm = await runCommand('npm', ['ci', '--ignore-scripts', '--loglevel=warn'], {
    cwd: root,
    env: outsideEnvironment(env),
  });
  if (!npm.found) {
    throw new SetupError('NoNpm', 'npm was not found on the PATH; it comes with Node.', {
      hint: 'install Node together with npm and run the same command again.',
    });
  }
  if (!npm.ok && npm.output.includes('in sync')) {
    throw new SetupError('LockOutOfStep', 'package-lock.json is not what the package.json files ask for.', {
      details: ['expected it to name every package of the project and of each paper'],
      hint: 'write it anew with `npm install --package-lock-only`, and run the same command again.',
    });
  }
  const obstacle = npm.ok ? undefined : npmObstacle(npm.output, root);
  if (obstacle) throw obstacle;
  const refusal = npm.ok ? undefined : refusalIn(npm.output);
  if (refusal !== undefined) {
    throw new SetupError('RegistryRefused', "npm's registry, or a proxy before it, refused to answer.", {
      details: [`npm said: ${refusal}`],
      hint: 'see `npm config get registry`, `npm config get proxy` and, for a certificate, `npm config get cafile`, and run the same command again.',
    });
  }
  if (!npm.ok) {
    const network = speaksOfNetwork(npm.output);
    throw new SetupError(
      network ? 'NoNetwork' : 'InstallFailed',
      network ? 'npm could not reach its registry.' : 'npm could not install the locked packages.',
      {
        details: [`npm said: ${npm.lastLine}`],
        hint: network
          ? 'check the network and the proxy (`npm ping`), and run the same command again.'
          : 'run `npm ci --ignore-scripts` to see its whole output.',
      },
    );
  }
  const node = await runCommand(projectNode(root), ['--version'], { env });
  if (!existsSync(projectNode(root)) || !/^v22\./.test(node.output)) {
    throw new SetupError('NodePackageMissing', 'the locked packages hold no Node 22 for this platform.', {
      details: [`expected v22 from node_modules/.bin/node; received ${node.output.trim() || 'nothing'}`],
      hint: `supported: Linux x64 and arm64, macOS; this is ${process.platform} ${process.arch}. If npm was told to omit optional packages, do not.`,
    });
  }
  writeStamp(stamp, digest);
  return true;
};
