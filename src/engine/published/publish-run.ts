import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../keys/digest.ts';
import { sha256 } from '../keys/sha256.ts';
import { resolveParams } from '../keys/stage-key.ts';
import { onDisk } from '../run/disk-error.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { swapFolder } from '../run/swap-folder.ts';
import type { Workshop } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { lockPublished, type PublishedRecord, publishedPlace, recordText } from './published-run.ts';
import { machineClassOf, replayWitness, witnessParts } from './replay-witness.ts';
import { witnessText } from './witness.ts';

/** Puts a finished run into the repository: its kept outputs, its witness and its record, together or not at all. */
const putRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  run: FinishedStage,
  finished: ReadonlyMap<string, FinishedStage>,
): Promise<void> => {
  const { stage, key, record, program, entry, inputs } = run;
  const place = publishedPlace(workshop, pipeline, stage);
  const { folder, aside, before } = place;
  const unlock = await lockPublished(place, () =>
    workshop.reporter.say(`  ${stage.name}: waits for another command`),
  );
  try {
    await rm(aside, { recursive: true, force: true });
    await mkdir(aside, { recursive: true });
    const kept = stage.published?.outputs ?? [];
    for (const output of kept) {
      await run.copy(output, join(aside, stage.code.outputs[output] ?? ''), `publishing '${stage.name}'`);
    }
    const parts = witnessParts(stage);
    const replayed = { program, params: resolveParams(stage), files: record.files };
    const witness =
      parts.length > 0
        ? witnessText(await replayWitness(workshop, pipeline, stage, replayed, finished, parts))
        : undefined;
    if (witness) await writeFile(join(aside, 'witness.json'), witness);
    const about: PublishedRecord = {
      schema: 1,
      key,
      record,
      inputs,
      sources: await program.sources(),
      outputs: entry.digests,
      kept: [...kept],
      made: {
        key,
        when: new Date().toISOString(),
        durationMs: entry.durationMs,
        machine: entry.machine,
        backend: record.backend,
      },
      witness: witness ? { digest: sha256(witness), machine: machineClassOf(workshop, stage) } : null,
      attestations: [],
    };
    await writeFile(join(aside, 'record.json'), recordText(about));
    await swapFolder(aside, folder, before);
  } finally {
    await unlock();
  }
};

/** What a machine's keys name besides, such as the kernels chosen for its processor, its class says of a published run. */
const isReference = ({ platform, reference }: Workshop): boolean => {
  const backend = Object.keys(reference.backend).map((name) => [name, platform.backend[name]] as const);
  return digestOf({ ...platform, backend: Object.fromEntries(backend) }) === digestOf(reference);
};

const requireReference = (workshop: Workshop, { name, code }: Stage): void => {
  const { platform, reference } = workshop;
  if (code.kind === 'exact' || isReference(workshop)) return;
  throw new PaperError('NotReferenceBackend', `'${name}' cannot be made with this numeric backend.`, {
    details: [`expected ${JSON.stringify(reference)}`, `received ${JSON.stringify(platform)}`],
    hint: 'published runs are made with one library, which their keys name: make it on a machine that has it.',
  });
};

/**
 * Brings a published stage and what feeds it up to date, and publishes its run. Stopped, it goes on from the
 * stage's last checkpoint the next time.
 *
 * @param again makes the run anew although it is up to date
 * @returns what was done
 * @throws NotReferenceBackend, DiskFull, NotWritable, or the errors of `runPipeline`
 */
export const publishRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  again: boolean,
): Promise<'fresh' | 'published'> => {
  requireReference(workshop, stage);
  const finished = await runPipeline(workshop, pipeline, { only: [stage], publish: { stage, again } });
  const run = finished.get(stage.name);
  if (!run) throw new Error(`internal: ${stage.name} did not finish`);
  if (run.published) return 'fresh';
  const { aside } = publishedPlace(workshop, pipeline, stage);
  await onDisk(aside, () => putRun(workshop, pipeline, run, finished));
  return 'published';
};
