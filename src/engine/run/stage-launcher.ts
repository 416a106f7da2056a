/** What every stage's process runs: it loads the stage's bundle, and says when all is written. */

import { mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Progress, StageDefinition } from '../stage/define-stage.ts';
import type {
  LauncherManifest,
  StageManifest,
  StageMessage,
  TransportedError,
  Witness,
} from './stage-protocol.ts';

/** The runner's end of a pipe. */
const runner = 3;

const tell = (message: StageMessage): void => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(runner, bytes, at);
    } catch (error) {
      // Nobody listens any more, and nobody would store what this process computes.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
    }
  }
};

type Runnable = Pick<StageDefinition, 'run' | 'witness'>;
type Context = Parameters<StageDefinition['run']>[0];

const report = (progress: Progress): void => tell({ type: 'progress', progress });

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
    parts.push({ id, marks: await part.run({ ...manifest, scratch, report } as unknown as Context) });
  }
  const made: Witness = { parts, tolerance: witness?.tolerance ?? {} };
  writeFileSync(outputs['witness'] ?? '', JSON.stringify(made, null, 1));
};

/** By its shape, not by its class: each bundle carries a copy of the class. */
const transported = (error: unknown): TransportedError | undefined => {
  if (!(error instanceof Error) || !('hint' in error)) return undefined;
  const { name, message, hint, where, details, stack } = error as Error &
    Partial<TransportedError> & { hint: string };
  return { name, message, hint, where: where ?? null, details: details ?? [], stack };
};

/** Writes that `run` did not wait for are waited for: an output is whole when it is told to be. */
const untilWritten = async (): Promise<void> => {
  const isWriting = (): boolean =>
    process
      .getActiveResourcesInfo()
      .some((name) => name.startsWith('FSReq') || name === 'FileHandleCloseReq');
  while (isWriting()) await new Promise((resolve) => setTimeout(resolve, 1));
};

const fail = (error: unknown): never => {
  const told = transported(error);
  if (told) tell({ type: 'error', error: told });
  // A fault of the program: its stack ends in the log.
  else console.error(error);
  process.exit(1);
};
// A refusal may come up where nobody catches it, in a library's callback.
process.on('uncaughtException', fail);

const manifest = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LauncherManifest;
try {
  const { definition } = (await import(new URL(basename(manifest.bundle), import.meta.url).href)) as {
    readonly definition: Runnable;
  };
  if (manifest.witness) await replay(definition, manifest);
  else await definition.run({ ...manifest, report } as unknown as Context);
  await untilWritten();
  tell({ type: 'done' });
} catch (error) {
  fail(error);
}
