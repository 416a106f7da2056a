/**
 * How a stage's process tells its runner: a line a message, on a pipe that all of its threads share. Each begins with a word
 * that the runner gave and no stage sees, so that what a stage writes there is no message.
 */
import fs from 'node:fs';
import { channelVariable } from './channel-variable.ts';
import type { StageMessage } from './stage-protocol.ts';
import { asJson } from './untouched.ts';

/** The runner's end of the pipe. */
const runner = 3;

const { writeSync } = fs;
const { from } = Buffer;
const { exit } = process;

/** The runner's word; a thread is given it by the guard of the one that starts it. */
export const channelWord = process.env[channelVariable] ?? '';
delete process.env[channelVariable];

const isFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EAGAIN';

export const tell = (message: StageMessage): void => {
  const bytes = from(`${channelWord} ${asJson(message)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(runner, bytes, at);
    } catch (error) {
      // Nobody listens any more, and nobody would store what this process computes.
      if (!isFull(error)) exit(1);
    }
  }
};

/** Whether anybody listens: an empty line is no message. */
export const isHeard = (): boolean => {
  try {
    writeSync(runner, '\n');
    return true;
  } catch (error) {
    return isFull(error);
  }
};
