import { readFileSync } from 'node:fs';
import type { StageDefinition } from './define-stage.ts';
import type { StageManifest, StageMessage } from './stage-protocol.ts';

const tell = (message: StageMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });

/**
 * The last line of every bundle: runs the stage in its own process, with the manifest that the runner wrote.
 * A PaperError goes to the runner whole; anything else is a fault of the program and ends in the log.
 */
export const runStageChild = async (definition: Pick<StageDefinition, 'run'>): Promise<void> => {
  // The runner is gone: nobody would store what this process computes.
  const stop = (): never => process.exit(1);
  process.once('disconnect', stop);
  const manifest = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as StageManifest;
  try {
    await definition.run({
      ...manifest,
      report: (progress) => void tell({ type: 'progress', progress }),
    } as Parameters<StageDefinition['run']>[0]);
  } catch (error) {
    // By its shape, not by its class: each bundle carries a copy of the class.
    if (!(error instanceof Error) || !('hint' in error)) throw error;
    const { name, message, hint, where, details } = error as Error & {
      hint: string;
      where?: TransportedPosition;
      details?: readonly string[];
    };
    await tell({
      type: 'error',
      error: { name, message, hint, where: where ?? null, details: details ?? [] },
    });
    process.exitCode = 1;
  }
  process.off('disconnect', stop);
  process.disconnect?.();
};

type TransportedPosition = NonNullable<Extract<StageMessage, { type: 'error' }>['error']['where']>;
