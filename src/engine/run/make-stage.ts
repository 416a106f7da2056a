import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf } from '../keys/digest.ts';
import type { StageIdentity } from '../keys/identify-stages.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';
import { ofWrittenFile } from './fault-place.ts';
import { type FinishedStage, storedStage } from './finished-stage.ts';
import { lockKey } from './key-lock.ts';
import { runStage, type StageRun } from './run-stage.ts';
import { type Workshop, workFolder } from './workshop.ts';
import { writeWhole } from './write-whole.ts';

/**
 * The time that a key's runs took here, over all sittings: a long run is stopped and goes on, and the time after
 * its last checkpoint counts too.
 */
const createStopwatch = (file: string) => {
  const earlierMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0;
  const startMs = performance.now();
  let savedMs = startMs;
  const elapsedMs = (): number => earlierMs + performance.now() - startMs;
  return {
    elapsedMs,
    save: (): void => {
      if (performance.now() - savedMs < 1000) return;
      savedMs = performance.now();
      mkdirSync(dirname(file), { recursive: true });
      writeWhole(file, String(elapsedMs()));
    },
  };
};

/** Checkpoints are of what was read, too: the key of a published stage does not name all of that by content. */
const scratchOf = (workshop: Workshop, { published }: Stage, { key, inputs }: StageIdentity): string =>
  join(workFolder(workshop), 'scratch', published ? digestOf({ key, inputs }) : key);

const clearScratch = (scratch: string): void => {
  for (const path of [scratch, `${scratch}.ms`]) rmSync(path, { recursive: true, force: true });
};

/** The stage from the store, if its key is there and whole. */
export const lookUpStage = async (
  workshop: Workshop,
  paper: string,
  stage: Stage,
  identity: StageIdentity,
): Promise<FinishedStage | undefined> => {
  const { store, reporter } = workshop;
  const found = store.get(identity.key);
  if (found.state === 'damaged') {
    reporter.say(`  ${stage.name}: its stored outputs are damaged (${found.reason}); it is made again`);
  }
  if (found.state !== 'found') return undefined;
  // A runner that was killed after it stored left checkpoints. Those of a published run may be of one that is made again.
  if (!stage.published) clearScratch(scratchOf(workshop, stage, identity));
  store.remember(paper, stage.name, { record: identity.record, sources: await identity.program.sources() });
  return storedStage(store, stage, identity, found.entry, false);
};

/** @throws as the workshop's checkResult, at the line of the stage's definition */
const requireResult = async ({ root, checkResult }: Workshop, stage: Stage, path: string): Promise<void> => {
  try {
    checkResult?.(stage, path);
  } catch (error) {
    throw error instanceof PaperError ? await ofWrittenFile(error, root, stage.code) : error;
  }
};

/**
 * Runs a stage and stores its outputs, unless another build did so meanwhile.
 *
 * @param again runs it whatever the store holds
 */
export const makeStage = async (
  workshop: Workshop,
  paper: string,
  stage: Stage,
  identity: StageIdentity,
  {
    copyInput,
    signal,
    meanwhile,
    again,
  }: Required<Pick<StageRun, 'copyInput' | 'signal' | 'meanwhile'>> & { readonly again: boolean },
): Promise<FinishedStage> => {
  const { store, reporter } = workshop;
  const { program, params, record, key, inputs } = identity;
  const scratch = scratchOf(workshop, stage, identity);
  const unlock = await lockKey(store.lockFile(key), (isOwn) =>
    reporter.say(`  ${stage.name}: waits for another ${isOwn ? 'stage, which computes the same' : 'build'}`),
  );
  try {
    const madeMeanwhile = again ? undefined : await lookUpStage(workshop, paper, stage, identity);
    if (madeMeanwhile) return madeMeanwhile;
    const stopwatch = createStopwatch(`${scratch}.ms`);
    reporter.say(`  ${stage.name} ...`);
    const entry = await runStage(
      {
        root: workshop.root,
        paper,
        stage,
        program,
        params,
        files: record.files,
        workFolder: workFolder(workshop),
        scratch,
        copyInput,
        environment: workshop.environment(stage.threads),
        onProgress: (progress) => {
          stopwatch.save();
          reporter.progress(stage.name, progress);
        },
        signal,
        meanwhile,
      },
      async (outputs) => {
        const { result } = outputs;
        if (result !== undefined) await requireResult(workshop, stage, result);
        return store.put(key, outputs, {
          durationMs: stopwatch.elapsedMs(),
          machine: workshop.machine,
          record,
          ...(stage.published ? { inputs } : {}),
        });
      },
    );
    store.remember(paper, stage.name, { record, sources: await program.sources() });
    clearScratch(scratch);
    reporter.finished(stage.name);
    reporter.say(`  ${stage.name}: ${(entry.durationMs / 1000).toFixed(1)} s`);
    return storedStage(store, stage, identity, entry, true);
  } finally {
    await unlock();
  }
};
