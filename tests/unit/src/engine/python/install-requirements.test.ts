/** pip is played by a shell script: no test reaches a network. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installRequirements } from '../../../../../src/engine/python/install-requirements.ts';
import { whyNoPython } from '../../../../../src/engine/python/run-python.ts';
import { rejectionText } from '../../../../error-text.ts';

let folder: string;
const before = process.env['PAPER_PYTHON'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'requirements-'));
});
afterEach(() => {
  if (before === undefined) delete process.env['PAPER_PYTHON'];
  else process.env['PAPER_PYTHON'] = before;
  rmSync(folder, { recursive: true, force: true });
});

const playPip = (body: string): void => {
  const file = join(folder, 'python');
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  process.env['PAPER_PYTHON'] = file;
};

/** Makes one file below what follows `--target`, and counts its runs. */
const installs = (count: string): string =>
  `echo run >> ${count}\nwhile [ "$1" != --target ]; do shift; done\nmkdir -p "$2" && echo content > "$2/module.py"`;

const install = (): Promise<string> => installRequirements(join(folder, 'cache'), 'r.txt', 'digest');

it('installs once, makes a damaged folder again, and leaves nothing half made', async () => {
  const count = join(folder, 'count');
  playPip(installs(count));
  const [made] = await Promise.all([install(), install()]);
  expect(readFileSync(count, 'utf8')).toBe('run\n');
  writeFileSync(join(made!, 'module.py'), 'damaged');
  await install();
  expect(readFileSync(join(made!, 'module.py'), 'utf8')).toBe('content\n');
  expect(existsSync(`${made}.making`)).toBe(false);
});

it.each([
  [
    '/usr/bin/python3: No module named pip',
    `PipMissing: this Python has no pip.
  /usr/bin/python3: No module named pip
  hint: install it: \`python3 -m ensurepip\`, or the package python3-pip of the system.`,
  ],
  [
    'WARNING: Retrying after connection broken by NewConnectionError',
    `PackagesUnreachable: pip could not fetch the packages of r.txt.
  WARNING: Retrying after connection broken by NewConnectionError
  hint: run the same command with a network; what was fetched once is kept.`,
  ],
  [
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES',
    `PackagesNotInstalled: pip could not install the packages of r.txt.
  ERROR: THESE PACKAGES DO NOT MATCH THE HASHES
  hint: every package needs a wheel for this platform, and its hash in the file.`,
  ],
])('says why pip failed: %s', async (said, text) => {
  playPip(`echo '${said}' >&2; exit 1`);
  expect(await rejectionText(install())).toBe(text);
});

it('says that there is no Python', async () => {
  process.env['PAPER_PYTHON'] = join(folder, 'absent');
  expect(whyNoPython()).toBe('there is no python3 on this machine');
  expect(await rejectionText(install())).toBe(`PythonMissing: '${folder}/absent' cannot be run.
  expected Python 3.10 or later; received ENOENT
  hint: install python3, or name it: \`PAPER_PYTHON=/path/to/python3 npm run build\`.`);
});
