/** Programs of the machine as stages: a shell script, held to what it declares. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commandStage } from '../../src/engine/command/command-stage.ts';
import { hasNamespaces } from '../../src/engine/command/namespace-command.ts';
import { type Stage, stage } from '../../src/engine/stage/pipeline.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
  mkdirSync(join(paper.folder, 'sh'));
});
afterEach(() => paper.remove());

/** Reads the paths of a manifest with sed, as a shell script does; `$output` and `$done` are then at hand. */
const head = `set -eu
member() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p" "$manifest"; }
manifest=$1
output=$(member result)
done=$(member done)
`;

const shell = (body: string, command: readonly [string, ...string[]] = ['sh', './sh/main.sh']): Stage => {
  writeFileSync(join(paper.folder, 'sh', 'main.sh'), `${head}${body}`);
  return stage(
    'shell',
    commandStage({
      module: pathToFileURL(join(paper.folder, 'definition.ts')).href,
      command,
      code: ['./sh/main.sh'],
      programs: ['sed'],
      kind: 'exact',
      inputs: {},
      outputs: { result: 'shell.json' },
      params: z.strictObject({}),
    }),
    {},
  ) as unknown as Stage;
};

const well = 'echo 42 >"$output"\n: >"$done"\n';

describe.skipIf(!hasNamespaces())('where the machine has namespaces', () => {
  test('a shell script is a stage, whose code is in its key', async () => {
    const first = await paper.runAsGiven(shell(well));
    expect(await paper.output(first, 'shell')).toBe('42\n');
    expect(ranIn(await paper.runAsGiven(shell(well)))).toEqual([]);
    const second = await paper.runAsGiven(shell(well.replace('42', '43')));
    expect(await paper.output(second, 'shell')).toBe('43\n');
  });

  test('it finds no file, program or folder that it does not declare', async () => {
    const looks = ['/etc/hostname', '/usr/bin/awk', join(process.cwd(), 'package.json')].map(
      (path) => `[ -e ${path} ] && echo "sees ${path}"`,
    );
    const finished = await paper.runAsGiven(
      shell(`{ ${looks.join('; ')}; echo nothing; } >"$output"\n: >"$done"\n`),
    );
    expect(await paper.output(finished, 'shell')).toBe('nothing\n');
  });

  test.each([
    ['where its script lies', 'echo "$0"'],
    ['where it runs', 'pwd'],
    ['how many files a process may open', 'ulimit -n'],
    ['how long a process may compute', 'ulimit -t'],
  ])('it is found by verify to depend on %s', async (_, body) => {
    const made = shell(`{ ${body}; } >"$output"\n: >"$done"\n`);
    expect((await paper.verifyAsGiven(made)).equal).toBe(false);
  });

  test('it sees no process of the machine, and writes files as every user does', async () => {
    const pid = process.pid;
    const before = process.umask(0o077);
    const finished = await paper
      .runAsGiven(
        shell(`{ kill -0 ${pid} 2>/dev/null && echo lives; echo $PPID; umask; } >"$output"\n: >"$done"\n`),
      )
      .finally(() => process.umask(before));
    expect(await paper.output(finished, 'shell')).toBe('1\n0022\n');
    expect(await paper.verifyAsGiven(shell(well))).toMatchObject({ equal: true });
  });

  test('one without an end is ended with all that it started', async () => {
    const word = join(paper.folder, 'sh');
    const made = shell('(while :; do :; done) & while :; do :; done\n');
    const limited = { ...made, code: Object.assign(made.code, { limitMinutes: 0.02 }) };
    expect(await rejectionText(paper.runAsGiven(limited))).toMatch(/^StageEndless: /);
    const running = (): readonly string[] =>
      readdirSync('/proc').filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
        } catch {
          return false;
        }
      });
    await expect.poll(running).toEqual([]);
  });

  test('what was not said to be done is a failure, whatever the exit code', async () => {
    expect(await rejectionText(paper.runAsGiven(shell('echo 4 >"$output"\nexit 0\n')))).toMatch(
      /^StageEndedEarly: stage 'shell'/,
    );
    expect(await rejectionText(paper.runAsGiven(shell('exit 3\n')))).toMatch(
      /^StageFailed: stage 'shell' stopped with exit code 3\./,
    );
  });
});

test('a program that is not there is named before anything runs', async () => {
  expect(await rejectionText(paper.runAsGiven(shell(well, ['no-such-program'])))).toMatch(
    /^ProgramMissing: a stage runs 'no-such-program', which this machine does not have\.\n {2}looked for in .+\n {2}hint: install it, or mend its name in the definition\.$/,
  );
});
