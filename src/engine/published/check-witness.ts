import { join } from 'node:path';
import { digestOf } from '../keys/digest.ts';
import type { StageIdentity } from '../keys/identify-stages.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import type { Workshop } from '../run/workshop.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { type Comparison, compareWitness, type WitnessDifference } from './compare-witness.ts';
import { type PublishedRecord, publishedPlace, readPublishedFile } from './published-run.ts';
import { parseWitness, replayWitness } from './replay-witness.ts';

export interface WitnessCheck {
  readonly by: Comparison;
  /** Ids of the parts that were replayed. */
  readonly parts: readonly string[];
  readonly difference: WitnessDifference | undefined;
}

/** Replays parts of a published run's witness with the code of today, and compares. */
export const checkWitness = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: Pick<StageIdentity, 'program' | 'params'>,
  { digest, machine }: NonNullable<PublishedRecord['witness']>,
  parts: readonly string[],
  upstream: ReadonlyMap<string, FinishedStage>,
): Promise<WitnessCheck> => {
  const file = join(publishedPlace(workshop, pipeline, stage).folder, 'witness.json');
  const text = (await readPublishedFile(workshop, stage, file, digest)).toString('utf8');
  const received = await replayWitness(workshop, stage, identity, upstream, parts);
  const by = digestOf(machine) === digestOf(workshop.machine) ? 'equal bits' : 'tolerance';
  return { by, parts, difference: compareWitness(parseWitness(stage, text), received, by) };
};

/** What was compared, for a person. */
export const comparisonWords = (by: Comparison): string =>
  by === 'equal bits'
    ? 'equal bits, on the machine class of the witness'
    : 'numbers within their tolerance, on another machine class; digests were not compared';
