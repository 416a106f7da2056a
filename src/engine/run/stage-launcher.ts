/** What every stage's process runs: it loads the stage's bundle, and says when all is written. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Progress, StageDefinition } from '../stage/define-stage.ts';
import type {
  LauncherManifest,
  StageHost,
  StageManifest,
  TransportedError,
  Witness,
} from './stage-protocol.ts';

/** Left by the guard, and taken before the stage's own code is there. */
const { tell } = (globalThis as unknown as { readonly stageHost: StageHost }).stageHost;
Reflect.deleteProperty(globalThis, 'stageHost');

type Runnable = Pick<StageDefinition, 'run' | 'witness'>;
type Context = Parameters<StageDefinition['run']>[0];

/** What is no number is no progress, and no fault either: a stage may divide by what it does not know yet. */
const report = (progress: Progress): void => {
  if (Number.isFinite(progress.done) && Number.isFinite(progress.total)) tell({ type: 'progress', progress });
};

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

/** By its shape, not by its class: each bundle carries a copy of the class, and libraries' errors have hints of theirs. */
const transported = (error: unknown): TransportedError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { name, message, hint, where, details, stack } = error as Error & Partial<TransportedError>;
  const isTold =
    typeof hint === 'string' && Array.isArray(details) && details.every((line) => typeof line === 'string');
  if (!isTold) return undefined;
  const place = typeof where?.file === 'string' ? where : null;
  return { name, message, hint, where: place, details, stack: String(stack) };
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
  else {
    // A fault of the program: its stack ends in the log.
    console.error(error);
    tell({ type: 'fault', stack: error instanceof Error ? String(error.stack) : String(error) });
  }
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
