import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Command } from '../keys/program.ts';
import type { Progress } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import { channelVariable } from './channel-variable.ts';
import { diskError, diskFull, isDiskFull } from './disk-error.ts';
import { killWithGroup, nameOfNumber } from './process-identity.ts';
import { stageGiven } from './stage-given.ts';
import { badMessage, readMessages, toldBy, toldInFile } from './stage-messages.ts';
import { writeWhole } from './write-whole.ts';

export interface StageProcess {
  readonly stageName: string;
  readonly command: Command;
  readonly channel: 'pipe' | 'files';
  readonly folder: string;
  readonly log: string;
  /** Files of a program without Node's channel. */
  readonly done: string;
  readonly error: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limitMs: number;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** @param stack of what was thrown, where its process told it */
const faulty = (
  { stageName, log, folder }: Pick<StageProcess, 'stageName' | 'log' | 'folder'>,
  code: number | null,
  stack: string,
): PaperError => {
  // What it could not write is its own fault in no other way.
  if (isDiskFull(folder)) return diskFull(folder);
  const error = new PaperError('StageFailed', `stage '${stageName}' stopped with exit code ${code}.`, {
    details: [`its output, with the program's stack, is in ${log}`],
    hint: "this is a fault in the stage's code, not in what it was given; the log names the line.",
  });
  return Object.assign(error, { stack });
};

const ended = (
  { stageName, log, limitMs, folder }: StageProcess,
  code: number | null,
  signal: string | null,
): PaperError => {
  if (signal !== null) {
    return new PaperError('StageKilled', `stage '${stageName}' was ended by ${signal}.`, {
      details: [`its output is in ${log}`],
      cause: signal,
      hint: 'the system ends a process so when memory runs out; run the same command again: a training goes on from its last checkpoint.',
    });
  }
  // Node's own code for a promise that nothing can settle any more.
  if (code === 13) {
    return new PaperError('StageUnsettled', `stage '${stageName}' waits for something that never comes.`, {
      details: ['its `run` gave a promise that nothing settles'],
      hint: 'look for an await whose promise is never resolved.',
    });
  }
  if (code === 0) {
    return new PaperError('StageEndedEarly', `stage '${stageName}' ended before its \`run\` did.`, {
      details: [
        `expected its run to return; its process left from within, as by process.exit or os._exit, after less than ${Math.ceil(limitMs / 60_000)} min`,
      ],
      hint: 'take the exit out: a stage ends by returning, and fails by throwing.',
    });
  }
  return faulty({ stageName, log, folder }, code, '');
};

const endless = ({ stageName, limitMs, log }: StageProcess): PaperError =>
  new PaperError(
    'StageEndless',
    `stage '${stageName}' had no end after ${limitMs / 60_000} minutes, and was ended.`,
    {
      details: [`its output is in ${log}`],
      hint: 'if it needs longer, raise `limitMinutes` in its definition; what it checkpointed is kept.',
    },
  );

/** Where the number of a running process is left, for whoever finds its folder after a crash. */
export const childFile = (folder: string): string => `${folder}/child`;

const kills = new Set<() => void>();

/** What ends this process at once ends its stages first: one that computes without a pause hears of nothing. */
const endStagesOnSignals = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const kill of kills) kill();
      // With this listener gone, and where no other one decides, the signal does what it always does.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
};
let isListening = false;

/**
 * Runs a command until it says that all is written.
 *
 * @throws the stage's own error; StageKilled, StageFailed, StageEndedEarly, StageUnsettled, StageEndless
 */
export const runProcess = async (run: StageProcess): Promise<void> => {
  const { stageName, command, channel, folder, signal } = run;
  signal.throwIfAborted();
  const log = openSync(run.log, 'w');
  const word = randomUUID();
  const child = spawn(command.file, command.args, {
    cwd: folder,
    // By its own path a program finds its parts; Node needs none, and would tell a stage where it lies.
    ...(channel === 'pipe' ? { argv0: 'node' } : {}),
    env: {
      ...stageGiven.environment,
      ...run.environment,
      ...command.env,
      ...(channel === 'pipe' ? { [channelVariable]: word } : {}),
    },
    stdio: channel === 'pipe' ? ['ignore', log, log, 'pipe'] : ['ignore', log, log],
    // Other programs may start programs of their own: all of them are one group, and end together.
    detached: channel === 'files',
  });
  closeSync(log);
  const kill = (): void => {
    if (child.pid !== undefined) killWithGroup(child.pid);
  };
  if (!isListening) endStagesOnSignals();
  isListening = true;
  kills.add(kill);
  const killOnExit = (): void => kill();
  process.once('exit', killOnExit);
  signal.addEventListener('abort', kill, { once: true });
  let told: PaperError | undefined;
  let isDone = false;
  let isEndless = false;
  const limit = setTimeout(() => {
    isEndless = true;
    kill();
  }, run.limitMs);
  try {
    const [code, endSignal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => {
        try {
          if (child.pid !== undefined) writeWhole(childFile(folder), nameOfNumber(child.pid));
        } catch (error) {
          kill();
          reject(diskError(error, folder));
        }
      });
      readMessages(
        child.stdio[3] as Readable | undefined,
        word,
        (message) => {
          if (message.type === 'progress') run.onProgress(message.progress);
          else {
            if (message.type === 'error') told ??= toldBy(stageName, message.error);
            else if (message.type === 'fault') told ??= faulty(run, 1, message.stack);
            else isDone = true;
            // All is written: a timer or a thread that was left over keeps nobody waiting, a crash at the end spoils nothing.
            kill();
          }
        },
        (received) => {
          told ??= badMessage(stageName, received);
          kill();
        },
      );
      child.once('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
    });
    signal.throwIfAborted();
    if (channel === 'files') {
      told = toldInFile(stageName, run.error);
      isDone = existsSync(run.done) && code === 0;
    }
    if (told) throw told;
    if (isDone) return;
    throw isEndless ? endless(run) : ended(run, code, endSignal);
  } finally {
    clearTimeout(limit);
    kill();
    process.off('exit', killOnExit);
    kills.delete(kill);
    signal.removeEventListener('abort', kill);
    rmSync(childFile(folder), { force: true });
  }
};
