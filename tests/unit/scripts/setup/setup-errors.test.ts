import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkNode } from '../../../../scripts/setup/check-node.mjs';
import { compileAddon } from '../../../../scripts/setup/compile-addon.mjs';
import { installChromium } from '../../../../scripts/setup/install-chromium.mjs';
import { installPackages } from '../../../../scripts/setup/install-packages.mjs';
import { nativePlatforms } from '../../../../scripts/setup/native-platforms.mjs';
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
/bin/chmod +x node_modules/.bin/node`;

test('a step whose stamp is right does nothing; without its stamp it works again', async () => {
  const { context, root, begun } = withPackages({ npm: installingNpm });
  expect(installPackages(context)).toBe(true);
  expect(installPackages(context)).toBe(false);
  expect(begun()).toBe(1);
  writeFileSync(join(root, 'node_modules', '.paper-packages'), 'half-wri');
  expect(installPackages(context)).toBe(true);
  machine.write('package-lock.json', '{"changed": true}');
  expect(installPackages(context)).toBe(true);
  expect(begun()).toBe(3);
  // A paper's own packages, too.
  machine.write('experiments/tiny/package.json', '{}');
  expect(installPackages(context)).toBe(true);
  expect(installPackages(context)).toBe(false);
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
  expect(compileAddon(context)).toBe(true);
  expect(compileAddon(context)).toBe(false);
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
