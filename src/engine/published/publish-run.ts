import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../keys/sha256.ts';
import { resolveParams } from '../keys/stage-key.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import { lockKey } from '../run/key-lock.ts';
import { swapFolder } from '../run/swap-folder.ts';
import type { Workshop } from '../run/workshop.ts';
import type { Pipeline } from '../stage/pipeline.ts';
import { type PublishedRecord, publishedPlace, recordText } from './published-run.ts';
import { replayWitness, witnessParts } from './replay-witness.ts';

/**
 * Puts a finished run into the repository: its kept outputs, its witness and its record, together or not at all.
 *
 * @param finished the paper's finished stages by name: the run's own, and what feeds it for the witness
 */
export const publishRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  run: FinishedStage,
  finished: ReadonlyMap<string, FinishedStage>,
): Promise<void> => {
  const { stage, key, record, program, entry } = run;
  const { folder, aside, before, lock } = publishedPlace(workshop, pipeline, stage);
  const unlock = await lockKey(lock, () =>
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
    const witness =
      parts.length > 0
        ? `${JSON.stringify(await replayWitness(workshop, stage, { program, params: resolveParams(stage) }, finished, parts), null, 1)}\n`
        : undefined;
    if (witness) await writeFile(join(aside, 'witness.json'), witness);
    const about: PublishedRecord = {
      schema: 1,
      key,
      record,
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
      witness: witness ? { digest: sha256(witness), machine: workshop.machine } : null,
      attestations: [],
    };
    await writeFile(join(aside, 'record.json'), recordText(about));
    await swapFolder(aside, folder, before);
  } finally {
    await unlock();
  }
};
