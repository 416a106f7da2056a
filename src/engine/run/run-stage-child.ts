import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress, StageDefinition } from '../stage/define-stage.ts';
import type { StageManifest, StageMessage, Witness } from './stage-protocol.ts';

const tell = (message: StageMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, undefined, undefined, () => resolve());
    else resolve();
  });

type Runnable = Pick<StageDefinition, 'run' | 'witness'>;
type Context = Parameters<StageDefinition['run']>[0];

const report = (progress: Progress): void => void tell({ type: 'progress', progress });

/** The wanted parts, in the order of their definition, each with a scratch folder of its own. */
const replay = async (
  { witness }: Runnable,
  { witness: wanted = [], outputs, ...manifest }: StageManifest,
): Promise<void> => {
  const parts: Witness['parts'][number][] = [];
  for (const [id, part] of Object.entries(witness?.parts ?? {})) {
    if (!wanted.includes(id)) continue;
    const scratch = join(manifest.scratch, id);
    mkdirSync(scratch, { recursive: true });
    parts.push({ id, marks: await part.run({ ...manifest, scratch, report } as Context) });
  }
  const made: Witness = { parts, tolerance: witness?.tolerance ?? {} };
  writeFileSync(outputs['witness'] ?? '', JSON.stringify(made, null, 1));
};

/**
 * The last line of every bundle: runs the stage, or replays its witness, in its own process, as the manifest says.
 * A PaperError goes to the runner whole; anything else is a fault of the program and ends in the log.
 */
export const runStageChild = async (definition: Runnable): Promise<void> => {
  // The runner is gone: nobody would store what this process computes.
  const stop = (): never => process.exit(1);
  process.once('disconnect', stop);
  const manifest = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as StageManifest;
  try {
    if (manifest.witness) await replay(definition, manifest);
    else await definition.run({ ...manifest, report } as Context);
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
