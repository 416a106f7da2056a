import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkNode } from '../../../../scripts/setup/check-node.mjs';
import { checkPlace } from '../../../../scripts/setup/check-place.mjs';
import { compileAddon } from '../../../../scripts/setup/compile-addon.mjs';
import { compileKernels } from '../../../../scripts/setup/compile-kernels.mjs';
import { setupContext } from '../../../../scripts/setup/context.mjs';
import { installChromium } from '../../../../scripts/setup/install-chromium.mjs';
import { installPackages } from '../../../../scripts/setup/install-packages.mjs';
import { nativePlatforms } from '../../../../scripts/setup/native-platforms.mjs';
import { obstacleOf } from '../../../../scripts/setup/obstacle.mjs';
import { libraryFolder, provisionLibraries } from '../../../../scripts/setup/provision-libraries.mjs';
import { createMachine, setupText } from './hidden-things.ts';

const lines = (...text: readonly string[]): string => text.join('\n');
let machine: ReturnType<typeof createMachine>;
const { tensorflow, openblas } = nativePlatforms['linux-x64']!;
afterEach(() => {
  vi.unstubAllGlobals();
  machine?.remove();
});

const withPackages = (commands: Readonly<Record<string, string>>) => {
  machine = createMachine(commands);
  machine.write('package.json', '{}');
  machine.write('package-lock.json', '{}');
  return machine;
};

test('Node 18 is refused with the version that is needed', async () => {
  machine = createMachine({});
  const { version } = process;
  Object.defineProperty(process, 'version', { value: 'v18.20.4', configurable: true });
  const text = await setupText(checkNode);
  Object.defineProperty(process, 'version', { value: version, configurable: true });
  expect(text).toBe(
    lines(
      'NodeTooOld: the set-up runs on Node 20 or later.',
      '  expected v20.0.0 or later; received v18.20.4',
      "  hint: install a newer Node (for example with your system's package manager or `n lts`) and run the same command again.",
    ),
  );
});

test('a folder whose path a dependency cannot bear is refused at the door, with its new name', async () => {
  for (const [root, folder, better, sign, what] of [
    ['/a#b', '/a#b', '/a-b', '#', 'Vite takes what follows for a fragment'],
    [
      "/home/me/it's what?/clone",
      "/home/me/it'\\''s what?",
      '/home/me/it-s what-',
      '?',
      'Vite takes what follows for a query',
    ],
    [
      '/a*b',
      '/a*b',
      '/a-b',
      '*',
      "Node takes it for the part that a package's pattern of exports leaves open",
    ],
  ] as const) {
    expect(await setupText(() => checkPlace(root))).toBe(
      lines(
        `FolderUnusable: the folder's path has a '${sign}', which a dependency cannot bear.`,
        `  ${what}; received ${root}`,
        `  hint: rename it, and run the same command there: \`mv '${folder}' '${better}'\``,
      ),
    );
  }
  for (const root of ['/a b', '/a%20b', '/größe', "/it's", '/-dash', '/a"b&c;d$e(f)[g]{h}!@+~=|<i>^']) {
    expect(await setupText(() => checkPlace(root))).toBe('nothing was thrown');
  }
});

test('without npm it says so', async () => {
  const { context } = withPackages({});
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'NoNpm: npm was not found on the PATH; it comes with Node.',
      '  hint: install Node together with npm and run the same command again.',
    ),
  );
});

test('without a network npm is quoted, and the remedy is about the network', async () => {
  const { context } = withPackages({
    npm: 'echo "npm error code ENOTFOUND" >&2\necho "npm error network request failed" >&2\nexit 1',
  });
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'NoNetwork: npm could not reach its registry.',
      '  npm said: npm error network request failed',
      '  hint: check the network and the proxy (`npm ping`), and run the same command again.',
    ),
  );
});

test('any other failure of npm is quoted', async () => {
  const { context } = withPackages({ npm: 'echo "npm error EUSAGE lock file out of step" >&2; exit 1' });
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'InstallFailed: npm could not install the locked packages.',
      '  npm said: npm error EUSAGE lock file out of step',
      '  hint: run `npm ci --ignore-scripts` to see its whole output.',
    ),
  );
});

test('a lockfile that does not name what a package.json asks for is told, with how to write it', async () => {
  const { context } = withPackages({
    npm: 'echo "npm error code EUSAGE\nnpm error package.json and package-lock.json are not in sync." >&2; exit 1',
  });
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'LockOutOfStep: package-lock.json is not what the package.json files ask for.',
      '  expected it to name every package of the project and of each paper',
      '  hint: write it anew with `npm install --package-lock-only`, and run the same command again.',
    ),
  );
});

test("packages without the project's own Node are not taken for whole", async () => {
  const { context } = withPackages({ npm: 'exit 0' });
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'NodePackageMissing: the locked packages hold no Node 22 for this platform.',
      '  expected v22 from node_modules/.bin/node; received nothing',
      `  hint: supported: Linux x64 and arm64, macOS; this is ${process.platform} ${process.arch}. If npm was told to omit optional packages, do not.`,
    ),
  );
});

/** An npm that installs a Node which only tells its version. */
const installingNpm = `/bin/mkdir -p node_modules/.bin
printf '#!/bin/sh\\necho v22.23.3\\n' > node_modules/.bin/node
/bin/chmod +x node_modules/.bin/node
echo '{"packages":{}}' > node_modules/.package-lock.json`;

test('a step whose stamp is right does nothing; without its stamp it works again', async () => {
  const { context, root, begun } = withPackages({ npm: installingNpm });
  expect(await installPackages(context)).toBe(true);
  expect(await installPackages(context)).toBe(false);
  expect(begun()).toBe(1);
  writeFileSync(join(root, 'node_modules', '.paper-packages'), 'half-wri');
  expect(await installPackages(context)).toBe(true);
  machine.write('package-lock.json', '{"changed": true}');
  expect(await installPackages(context)).toBe(true);
  expect(begun()).toBe(3);
  // A paper's own packages, too.
  machine.write('experiments/tiny/package.json', '{}');
  expect(await installPackages(context)).toBe(true);
  expect(await installPackages(context)).toBe(false);
});

test('packages of another platform, or removed in part, are installed anew', async () => {
  const platformNode = `node-${process.platform}-${process.arch}`;
  const installing = `/bin/rm -rf node_modules
${installingNpm}
/bin/mkdir -p node_modules/a node_modules/@b/c node_modules/${platformNode}/bin
echo '{}' > node_modules/a/package.json
echo '{}' > node_modules/@b/c/package.json
/bin/mv node_modules/.bin/node node_modules/${platformNode}/bin/node
/bin/ln -s ../${platformNode}/bin/node node_modules/.bin/node
echo '{"packages":{"node_modules/a":{},"node_modules/@b/c":{}}}' > node_modules/.package-lock.json`;
  const { context, root, begun } = withPackages({ npm: installing });
  const at = (path: string): string => join(root, 'node_modules', path);
  expect(await installPackages(context)).toBe(true);
  expect(await installPackages(context)).toBe(false);
  const damages: readonly (() => void)[] = [
    () => rmSync(at('@b/c'), { recursive: true }),
    () => rmSync(at('a/package.json')),
    () => rmSync(at('.bin'), { recursive: true }),
    () => rmSync(at(platformNode), { recursive: true }),
    () => rmSync(at('.package-lock.json')),
    () => writeFileSync(at('.package-lock.json'), '{"packa'),
    () => {
      mkdirSync(at('node-other-x64/bin'), { recursive: true });
      writeFileSync(at('node-other-x64/bin/node'), '');
      rmSync(at('.bin/node'));
      symlinkSync('../node-other-x64/bin/node', at('.bin/node'));
    },
  ];
  for (const damage of damages) {
    damage();
    expect(await installPackages(context)).toBe(true);
    expect(await installPackages(context)).toBe(false);
  }
  expect(begun()).toBe(damages.length + 1);
});

test('a registry or a proxy that refuses is told as such, with what to look at', async () => {
  for (const said of [
    'npm error code E403',
    'npm error 407 Proxy Authentication Required',
    'npm error code SELF_SIGNED_CERT_IN_CHAIN',
    'npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ]) {
    const { context, remove } = withPackages({
      npm: `echo "${said}" >&2; echo "npm error network" >&2; exit 1`,
    });
    expect(await setupText(() => installPackages(context))).toBe(
      lines(
        "RegistryRefused: npm's registry, or a proxy before it, refused to answer.",
        `  npm said: ${said}`,
        '  hint: see `npm config get registry`, `npm config get proxy` and, for a certificate, `npm config get cafile`, and run the same command again.',
      ),
    );
    remove();
  }
  machine = createMachine({ python3: 'echo "ERROR: 403 Client Error: Forbidden for url" >&2; exit 1' });
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(
    lines(
      "RegistryRefused: pip's index, or a proxy before it, refused to answer.",
      '  pip said: ERROR: 403 Client Error: Forbidden for url',
      '  hint: see `pip config list`: `global.index-url`, `global.proxy` and, for a certificate, `global.cert`, and run the same command again.',
    ),
  );
});

test("what npm may not write is told by its path: npm's own cache, or the clone", async () => {
  const failing = (path: string) => `echo "npm error code EACCES
npm error syscall mkdir
npm error path ${path}
npm error errno EACCES" >&2; exit 1`;
  let { context, folder } = withPackages({ npm: failing('/nobody/.npm') });
  expect(await setupText(() => installPackages(context))).toBe(
    lines(
      'FileUnusable: /nobody/.npm cannot be used: this user may not use it.',
      '  the system said EACCES',
      "  hint: set npm_config_cache to a folder that this user may write to: it is npm's.",
    ),
  );
  machine.remove();
  ({ context, folder } = withPackages({ npm: failing('$PWD/node_modules') }));
  expect(await setupText(() => installPackages(context), folder)).toBe(
    lines(
      'FileUnusable: <machine>/root/node_modules cannot be used: this user may not use it.',
      '  the system said EACCES',
      '  hint: work in a clone that this user may write to: `git clone` it to another folder, and run the same command there.',
    ),
  );
});

test('a cache or a clone that cannot be written is told with what to set', async () => {
  machine = createMachine({ python3: 'exit 0' });
  const { context, folder, root } = machine;
  const told = async (error: unknown) =>
    setupText(() => {
      throw obstacleOf(error, context);
    }, folder);
  writeFileSync(join(folder, 'cache'), 'a file');
  let thrown: unknown;
  await provisionLibraries(context).catch((error) => {
    thrown = error;
  });
  expect(await told(thrown)).toBe(
    lines(
      'FileUnusable: <machine>/cache cannot be used: a file stands where a folder should be.',
      '  the system said EEXIST',
      '  hint: set PAPER_NATIVE_CACHE to a folder that this user may write to and that has 1 GB free.',
    ),
  );
  const readOnly = Object.assign(new Error(), { code: 'EROFS', path: join(root, 'node_modules', 'x') });
  expect(await told(readOnly)).toBe(
    lines(
      'FileUnusable: <machine>/root/node_modules/x cannot be used: it is on a disk that cannot be written to.',
      '  the system said EROFS',
      '  hint: work in a clone that this user may write to: `git clone` it to another folder, and run the same command there.',
    ),
  );
  const fault = new TypeError('a fault');
  expect(obstacleOf(fault, context)).toBe(fault);
});

test('libraries are kept where the user says, in the user cache, or in the clone where there is neither', () => {
  const cache = (env: NodeJS.ProcessEnv) => setupContext('/clone', env).cacheFolder;
  expect(cache({ PAPER_NATIVE_CACHE: '/big', HOME: '/home/a' })).toBe('/big');
  expect(cache({ PAPER_NATIVE_CACHE: '', XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/reproducible-paper');
  expect(cache({ XDG_CACHE_HOME: 'relative', HOME: '/home/a' })).toBe('/home/a/.cache/reproducible-paper');
  expect(cache({ HOME: '' })).toBe('/clone/.paper/cache/reproducible-paper');
});

test('without Python, or without pip, it says which and how to get it', async () => {
  machine = createMachine({});
  const text = (what: string): string =>
    lines(
      `NoPython: ${what} was not found, and TensorFlow's library comes as a Python wheel.`,
      '  expected python3 with pip on the PATH; found none',
      '  hint: install them, for example with `apt-get install python3-pip`, and run the same command again.',
    );
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(text('python3'));
  machine.remove();
  machine = createMachine({ python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' });
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(text('pip'));
});

test('without a network pip is quoted', async () => {
  machine = createMachine({ python3: 'echo "ERROR: Max retries exceeded" >&2; exit 1' });
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(
    lines(
      'NoNetwork: pip could not reach its index.',
      '  pip said: ERROR: Max retries exceeded',
      '  hint: check the network and the proxy (`pip config list`), and run the same command again.',
    ),
  );
});

/** A pip that puts a file in the folder after `--dest`. */
const deliveringPip = `while [ "$1" != "--dest" ]; do shift; done
echo "not the wheel" > "$2/some.whl"`;

// printf 'not the wheel\n' | sha256sum
const wrongDigest = 'e05947f470e3b2e4229858f95673fadf5b70ed50ddbe4ca545aea238650a4f5a';

const wrongWheel = (title: string, sha256: string): string =>
  lines(
    `WrongDigest: the downloaded ${title} wheel is not the pinned one.`,
    `  expected sha256 ${sha256}`,
    `  received ${wrongDigest}`,
    '  hint: run the same command again; if it stays so, do not use the index that pip is set up with.',
  );

test('a wheel of another digest is never unpacked', async () => {
  machine = createMachine({ python3: deliveringPip });
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(
    wrongWheel('TensorFlow', tensorflow.sha256),
  );
  expect(existsSync(libraryFolder(machine.context, tensorflow))).toBe(false);
});

/** A library that stands whole in the cache. */
const provided = (wheel: typeof tensorflow): void => {
  const folder = libraryFolder(machine.context, wheel);
  mkdirSync(join(folder, 'lib'), { recursive: true });
  writeFileSync(join(folder, 'lib', 'library.so'), 'whole');
  writeFileSync(join(folder, 'complete'), 'library.so 5');
};

test('where TensorFlow is there already, OpenBLAS alone is fetched, and its own faults are named', async () => {
  const text = async (python3: string): Promise<string> => {
    machine?.remove();
    machine = createMachine({ python3 });
    provided(tensorflow);
    const found = await setupText(() => provisionLibraries(machine.context), machine.folder);
    expect(existsSync(libraryFolder(machine.context, openblas))).toBe(false);
    return found;
  };
  expect(await text(deliveringPip)).toBe(wrongWheel('OpenBLAS', openblas.sha256));
  expect(await text('echo "ERROR: No matching distribution found" >&2; exit 1')).toBe(
    lines(
      'InstallFailed: pip could not download scipy-openblas64 0.3.34.0.0.',
      '  pip said: ERROR: No matching distribution found',
      '  hint: see `pip config list`; the wheel must be visible to the index that pip is set up with.',
    ),
  );
  expect(await text('echo "/usr/bin/python3: No module named pip" >&2; exit 1')).toBe(
    lines(
      "NoPython: pip was not found, and OpenBLAS's library comes as a Python wheel.",
      '  expected python3 with pip on the PATH; found none',
      '  hint: install them, for example with `apt-get install python3-pip`, and run the same command again.',
    ),
  );
});

test('libraries that are whole are left alone, and one that was cut short is fetched again', async () => {
  machine = createMachine({ python3: deliveringPip });
  provided(tensorflow);
  provided(openblas);
  expect(await provisionLibraries(machine.context)).toBe(false);
  writeFileSync(join(libraryFolder(machine.context, openblas), 'lib', 'library.so'), 'who');
  expect(await setupText(() => provisionLibraries(machine.context))).toBe(
    wrongWheel('OpenBLAS', openblas.sha256),
  );
});

const withAddonSources = (commands: Readonly<Record<string, string>>) => {
  machine = createMachine(commands);
  for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc']) {
    machine.write(`node_modules/@tensorflow/tfjs-node/binding/${name}`, '');
  }
  provided(tensorflow);
  provided(openblas);
  return machine;
};

test('without a compiler it says why one is needed', async () => {
  const { context } = withAddonSources({});
  expect(await setupText(() => compileAddon(context))).toBe(
    lines(
      'NoCompiler: g++ was not found on the PATH, and the TensorFlow addon has to be compiled once.',
      '  expected a compiler of C++17, such as g++ 9 or later; found none',
      '  hint: install it, for example with `apt-get install g++`, and run the same command again.',
    ),
  );
});

test('a compiler that fails is quoted by its first error', async () => {
  const { context } = withAddonSources({
    'g++': 'echo "a.cc:1: warning" >&2; echo "a.cc:2: error: no such type" >&2; exit 1',
  });
  expect(await setupText(() => compileAddon(context))).toBe(
    lines(
      'CompileFailed: g++ could not compile the TensorFlow addon.',
      '  g++ said: a.cc:2: error: no such type',
      '  hint: the addon needs a compiler of C++17 with its standard library; see `g++ --version`.',
    ),
  );
});

/** A compiler that writes its last-but-one kind of output: the file after `-o`. */
const writingCompiler = 'while [ "$1" != "-o" ]; do shift; done\necho addon > "$2"';

const writeProjectNode = (script: string): void => {
  machine.write('node_modules/.bin/node', `#!/bin/sh\n${script}\n`);
  chmodSync(join(machine.root, 'node_modules', '.bin', 'node'), 0o755);
};

test('kernels that are compiled beforehand go into the addon; a machine without the quick linker links by the other', async () => {
  const log = `case "$*" in *gold*) exit 1;; esac\necho "$*" >> "\${0%/*}/calls"`;
  const { context, folder } = withAddonSources({ 'g++': `${log}\n${writingCompiler}` });
  writeProjectNode('exit 0');
  const kernel = join(machine.root, '.paper', 'kernels', 'gelu.cc.o');
  expect(await compileKernels(context)).toBe(true);
  expect(readFileSync(kernel, 'utf8')).toBe('addon\n');
  expect(await compileAddon(context)).toBe(true);
  expect(await compileKernels(context)).toBe(false);
  const calls = readFileSync(join(folder, 'bin', 'calls'), 'utf8')
    .trim()
    .split('\n');
  expect(calls.filter((words) => words.includes('-c ') && words.includes('gelu.cc'))).toHaveLength(1);
  expect(calls.at(-1)).toContain(kernel);
});

test('an addon that does not compute is not taken, and the next call makes it again', async () => {
  const { context, folder, begun } = withAddonSources({ 'g++': writingCompiler });
  writeProjectNode('echo "Error: wrong singular values: 1,2" >&2; exit 1');
  expect(await setupText(() => compileAddon(context), folder)).toBe(
    lines(
      'AddonUnusable: the compiled TensorFlow addon does not load or does not compute.',
      '  Node said: Error: wrong singular values: 1,2',
      `  hint: remove ${[tensorflow, openblas].map((wheel) => libraryFolder(context, wheel).replace(folder, '<machine>')).join(' and ')} and run the same command again; the libraries are then fetched anew.`,
    ),
  );
  writeProjectNode('exit 0');
  expect(await compileAddon(context)).toBe(true);
  expect(await compileAddon(context)).toBe(false);
  expect(begun()).toBe(2);
  expect(
    readFileSync(
      join(machine.root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node'),
      'utf8',
    ),
  ).toBe('addon\n');
});

test('a platform without a pinned library is named', async () => {
  machine = createMachine({});
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'sunos', configurable: true });
  const text = await setupText(() => provisionLibraries(machine.context));
  Object.defineProperty(process, 'platform', { value: platform, configurable: true });
  expect(text).toBe(
    lines(
      'UnsupportedPlatform: no native TensorFlow library is pinned for this platform.',
      `  expected one of linux-x64, linux-arm64, darwin-arm64; received sunos-${process.arch}`,
      '  hint: add `-- --backend js` to build without it from published weights; on Windows, build inside WSL 2; or add the wheels and their digests to scripts/setup/native-platforms.mjs.',
    ),
  );
});

test('without a browser, and without a way to install one, the remedy names both ways out', async () => {
  machine = createMachine({
    'apt-get': 'echo "E: Unable to locate package chromium" >&2; exit 100',
    sudo: 'shift; "$@"',
  });
  expect(await setupText(() => installChromium(machine.context))).toBe(
    lines(
      'NoBrowser: the browser tests need Chromium; none was found, and it could not be installed.',
      '  apt-get said: E: Unable to locate package chromium',
      '  hint: run `sudo apt-get install -y --no-install-recommends chromium`, or set CHROMIUM_PATH to a Chromium, and run the same command again.',
    ),
  );
});
