import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageIdentity } from '../keys/identify-stages.ts';
import type { Program } from '../keys/program.ts';
import type { KeyRecord } from '../keys/stage-key.ts';
import {
  inputsOfRun,
  type PublishedRecord,
  publishedPlace,
  readPublishedFile,
} from '../published/published-run.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, profileFlag, type Stage } from '../stage/pipeline.ts';
import type { Store } from './store.ts';
import type { StoreEntry } from './store-entry.ts';
import type { Workshop } from './workshop.ts';

/** A stage whose outputs are at hand, under the key that holds now. */
export interface FinishedStage {
  readonly stage: Stage;
  readonly key: string;
  readonly record: KeyRecord;
  readonly program: Program;
  readonly entry: Pick<StoreEntry, 'digests' | 'durationMs' | 'machine'>;
  /** Content digests of the inputs of which these outputs were made: what is here today may have other last digits. */
  readonly inputs: StageIdentity['inputs'];
  /** What stands for its outputs in keys of published runs: see StageIdentity. */
  readonly reference: StageIdentity['reference'];
  /** Set when its outputs come from the repository. */
  readonly published?: PublishedRecord;
  /** Whether it ran in this build. */
  readonly ran: boolean;
  /** @throws OutputNotKept naming who needs the output */
  readonly read: (output: string, neededBy: string) => Promise<Buffer>;
  readonly copy: (output: string, path: string, neededBy: string) => Promise<void>;
  /** As `copy`, for one that only reads it. */
  readonly lend: (output: string, path: string, neededBy: string) => Promise<void>;
}

/** A stage whose outputs are in the store. */
export const storedStage = (
  store: Store,
  stage: Stage,
  { key, record, program, inputs, reference }: StageIdentity,
  entry: StoreEntry,
  ran: boolean,
): FinishedStage => ({
  stage,
  key,
  record,
  program,
  entry,
  inputs: entry.inputs ?? inputs,
  reference,
  ran,
  read: async (output) => store.read(entry, output),
  copy: (output, path) => store.copy(entry, output, path),
  lend: (output, path) => store.lend(entry, output, path),
});

/**
 * A stage whose run is published: its kept outputs are read from the repository, any other from the store if it
 * is still there.
 *
 * @throws PublishedDamaged when a kept output is gone or has another digest
 */
export const publishedStage = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  { key, record, program, reference }: StageIdentity,
  published: PublishedRecord,
): Promise<FinishedStage> => {
  const { folder } = publishedPlace(workshop, pipeline, stage);
  const { outputs: digests, made, kept } = published;
  const readKept = (output: string): Promise<Buffer> =>
    readPublishedFile(workshop, stage, join(folder, stage.code.outputs[output] ?? ''), digests[output] ?? '');
  for (const output of kept) await readKept(output);

  /** An attestation gives a new key; what was stored stays under the key of the run. */
  const stored = async (output: string, neededBy: string): Promise<StoreEntry> => {
    for (const candidate of new Set([key, made.key])) {
      const found = workshop.store.get(candidate);
      if (found.state === 'found' && found.entry.digests[output] === digests[output]) return found.entry;
    }
    throw new PaperError(
      'OutputNotKept',
      `${neededBy} needs the output '${output}' of '${stage.name}', which is neither kept in the repository nor stored here.`,
      {
        details: [`kept: ${kept.join(', ') || 'its record alone'}`],
        hint: `make it again: \`npm run train -- ${profileFlag(pipeline)}--again ${stage.name}\`, or keep it: add '${output}' to its \`published.outputs\`.`,
      },
    );
  };
  return {
    stage,
    key,
    record,
    program,
    entry: { digests, durationMs: made.durationMs, machine: made.machine },
    inputs: inputsOfRun(published),
    reference,
    published,
    ran: false,
    read: async (output, neededBy) =>
      kept.includes(output) ? readKept(output) : workshop.store.read(await stored(output, neededBy), output),
    copy: async (output, path, neededBy) =>
      kept.includes(output)
        ? writeFile(path, await readKept(output))
        : workshop.store.copy(await stored(output, neededBy), output, path),
    lend: async (output, path, neededBy) =>
      kept.includes(output)
        ? writeFile(path, await readKept(output))
        : workshop.store.lend(await stored(output, neededBy), output, path),
  };
};
