import { createInterface } from 'node:readline';
import { execa } from 'execa';

/** What a process says of one task: its duration, which it takes itself, and its result in a few words. */
export interface Answer {
  readonly milliseconds: number;
  readonly told: string;
  /** Largest memory of the process so far, where it says so. */
  readonly peakMemoryBytes?: number;
}

/** A process that stays: start-up is not counted. Each task and each answer is one line of JSON. */
export interface TimedProcess {
  ask(task: string, about?: Readonly<Record<string, unknown>>): Promise<Answer>;
  end(): Promise<void>;
}

/** @param environment added to ours; a name whose value is undefined is taken out */
export const startTimedProcess = (
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): TimedProcess => {
  const child = execa(command, words, {
    env: environment,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
    buffer: false,
    reject: false,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (task, about = {}) => {
      child.stdin.write(`${JSON.stringify({ task, ...about })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ${words.join(' ')} ended during '${task}'`);
      return JSON.parse(value) as Answer;
    },
    end: async () => {
      child.stdin.end();
      await child;
    },
  };
};
