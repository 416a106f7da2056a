import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { identityOf } from '../../../../scripts/setup/process-identity.mjs';
import { runCommand } from '../../../../scripts/setup/run-command.mjs';
import { endAbandonedCommands, noteCommandsIn } from '../../../../scripts/setup/started-commands.mjs';

const folder = mkdtempSync(join(tmpdir(), 'started-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const module = (name: string): string => JSON.stringify(join(process.cwd(), 'scripts/setup', name));

const notedIn = (notes: string): boolean =>
  existsSync(notes) && readdirSync(notes).some((name) => readFileSync(join(notes, name)).length > 0);

/** A set-up that runs a command, and is killed as soon as the command's process is there; ends once that is noted. */
const killedSetup = async (notes: string, command: string, mayBeEnded: boolean): Promise<void> => {
  const said = join(notes, '..', `${Math.random()}`);
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import children from 'node:child_process';
     import { syncBuiltinESMExports } from 'node:module';
     const { spawn } = children;
     children.spawn = (...words) => {
       spawn(...words);
       process.kill(process.pid, 'SIGKILL');
     };
     syncBuiltinESMExports();
     const { runCommand } = await import(${module('run-command.mjs')});
     const { noteCommandsIn } = await import(${module('started-commands.mjs')});
     noteCommandsIn(${JSON.stringify(notes)});
     await runCommand('sh', ['-c', ${JSON.stringify(`touch ${said}; ${command}`)}],
       { env: process.env, mayBeEnded: ${mayBeEnded} });`,
  ]);
  // Its output is the command's as well, which goes on.
  await once(child, 'exit');
  while (!existsSync(said) || !notedIn(notes)) await wait(10);
};

const runs = existsSync('/proc/self/stat');

test.runIf(runs)(
  'what a killed set-up left running is ended with all that it started',
  async () => {
    const [notes, log] = [join(folder, 'ended'), join(folder, 'ended.log')];
    // The one that writes is a child's child, and the middle one does not end when it is asked to.
    const writer = `while true; do echo x >> ${log}; sleep 0.02; done`;
    await killedSetup(notes, `trap '' TERM; sh -c '${writer}' & wait; sleep 60`, true);
    expect(readdirSync(notes)).toHaveLength(1);
    await endAbandonedCommands(notes, () => expect.unreachable());
    const size = readFileSync(log).length;
    await wait(200);
    expect(readFileSync(log).length).toBe(size);
    expect(readdirSync(notes)).toEqual([]);
  },
  20_000,
);

test.runIf(runs)('what must not be ended is waited for', async () => {
  const [notes, go, done] = [join(folder, 'waited'), join(folder, 'waited.go'), join(folder, 'waited.done')];
  await killedSetup(notes, `until [ -e ${go} ]; do sleep 0.02; done; touch ${done}`, false);
  let told = 0;
  await endAbandonedCommands(notes, () => {
    told += 1;
    writeFileSync(go, '');
  });
  expect([told, existsSync(done)]).toEqual([1, true]);
});

test.runIf(runs)(
  'what is noted is the command itself, and a command that is not there is told as before',
  async () => {
    const notes = join(folder, 'running');
    noteCommandsIn(notes);
    const env = { PATH: process.env['PATH'] };
    const { output } = await runCommand('sh', ['-c', `echo "$1" $$; ls ${notes}`, 'sh', "it's $1"], { env });
    const [said, noted] = output.trim().split('\n');
    expect(said).toBe(`it's $1 ${noted}`);
    expect(await runCommand('no-such-command', [], { env })).toMatchObject({ found: false, ok: false });
    expect(readdirSync(notes)).toEqual([]);
  },
);

test('a note of what ended, one of another machine, and one that says nothing, are removed', async () => {
  const notes = join(folder, 'old');
  mkdirSync(notes);
  const { pid, start, place } = identityOf(process.pid);
  const note = (where: string, since: string): string =>
    `${JSON.stringify({ place: where, mayBeEnded: true })}\n${pid} (node) S ${'0 '.repeat(18)}${since} 0\n`;
  const texts = [note(place, `${start}0`), note('elsewhere', start), '{', ''];
  for (const [at, text] of texts.entries()) writeFileSync(join(notes, `${at}`), text);
  await endAbandonedCommands(notes, () => expect.unreachable());
  expect(readdirSync(notes)).toEqual([]);
  await endAbandonedCommands(join(folder, 'none'), () => expect.unreachable());
});
