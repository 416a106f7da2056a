import { join } from 'node:path';
import { execa } from 'execa';

/** What a build said of itself: digests and the stages that ran, or its error. */
export interface BuildWord {
  readonly digests?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly ran?: readonly string[];
  readonly error?: string;
  readonly message?: string;
}

/** A build in a process, and a process group, of its own. */
export const startBuild = (root: string, store: string) => {
  const child = execa(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'build-once.ts'), root, store],
    { reject: false, detached: true, cleanup: true },
  );
  return {
    pid: child.pid!,
    /** @throws what an internal error printed */
    word: async (): Promise<BuildWord> => {
      const { stdout, stderr, exitCode } = await child;
      if (exitCode !== 0) throw new Error(`the build ended with ${exitCode}: ${stderr}`);
      return JSON.parse(stdout) as BuildWord;
    },
    /** Ends the runner alone, or everything that it started as well. @returns whether it was still at work */
    kill: async (all: boolean): Promise<boolean> => {
      try {
        process.kill(all ? -child.pid! : child.pid!, 'SIGKILL');
      } catch {
        // It had ended by itself.
      }
      return (await child).signal === 'SIGKILL';
    },
  };
};
