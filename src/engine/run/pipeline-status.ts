import { identifyStages, inputsOf, type StageIdentity } from '../keys/identify-stages.ts';
import { firstDifference } from '../keys/stage-key.ts';
import { type PublishedRecord, readPublishedRecord } from '../published/published-run.ts';
import { otherHere, staleReason } from '../published/stale-published.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../stage/pipeline.ts';
import { type FinishedStage, publishedStage, storedStage } from './finished-stage.ts';
import type { Workshop } from './workshop.ts';

/** Fresh, stale with the first reason, or missing; a stage downstream of either cannot be known yet. */
export interface StageStatus {
  readonly name: string;
  readonly state: 'fresh' | 'stale' | 'missing';
  readonly reason: string;
  /** Of a published run: its inputs that are not, bit by bit, what it read, though made by the same key. */
  readonly otherInputs?: readonly string[];
  /** Of today, and for a published run the key it was made with: what the store must keep. Empty while unknown. */
  readonly keys: readonly string[];
}

type Found = Pick<StageStatus, 'state' | 'reason' | 'otherInputs'> & {
  readonly finished?: FinishedStage;
  readonly made?: string;
};

/** What a look at a pipeline found. */
export interface PipelineLook {
  /** Of every stage, in data order. */
  readonly statuses: readonly StageStatus[];
  /** By name, those that are fresh. */
  readonly finished: ReadonlyMap<string, FinishedStage>;
}

/** What follows the words for a published run where its inputs have other bits here, by another machine or by chance. */
export const otherInputsWords = ({ otherInputs = [] }: Pick<StageStatus, 'otherInputs'>): string =>
  otherInputs.length === 0 ? '' : `; other bits are here than it read as ${otherInputs.join(', ')}`;

const publishedWords = ({ attestations }: PublishedRecord): string => {
  const last = attestations.at(-1);
  return last ? `published, attested ${last.when.slice(0, 10)} by ${last.by}` : 'published';
};

const storedStatus = async (
  { store }: Workshop,
  paper: string,
  stage: Stage,
  identity: StageIdentity,
): Promise<Found> => {
  const { key, record, program } = identity;
  const found = store.get(key);
  if (found.state === 'found') {
    const finished = storedStage(store, stage, identity, found.entry, false);
    return { state: 'fresh', reason: '', finished };
  }
  if (found.state === 'damaged') {
    return { state: 'stale', reason: `its stored outputs are damaged: ${found.reason}` };
  }
  const last = store.lastSeen(paper, stage.name);
  return last
    ? {
        state: 'stale',
        reason: firstDifference(last.record, record, { before: last.sources, now: await program.sources() }),
      }
    : { state: 'missing', reason: 'it never ran here' };
};

const publishedStatus = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: StageIdentity,
): Promise<Found> => {
  try {
    const run = await readPublishedRecord(workshop, pipeline, stage);
    if (run?.key === identity.key) {
      const finished = await publishedStage(workshop, pipeline, stage, identity, run);
      const otherInputs = otherHere(run, identity.inputs);
      const reason = `${publishedWords(run)}${otherInputsWords({ otherInputs })}`;
      return { state: 'fresh', reason, otherInputs, finished, made: run.made.key };
    }
    const stored = await storedStatus(workshop, pipeline.paper, stage, identity);
    if (stored.state === 'fresh') return { ...stored, reason: 'it ran here and is not published yet' };
    const { reason } = await staleReason(run, identity);
    return { state: run ? 'stale' : 'missing', reason };
  } catch (error) {
    if (error instanceof PaperError) return { state: 'stale', reason: error.message.replace(/\.$/, '') };
    throw error;
  }
};

/** Looks at every stage of a paper once; runs nothing. */
export const lookAtPipeline = async (workshop: Workshop, pipeline: Pipeline): Promise<PipelineLook> => {
  const stages = stagesInOrder(pipeline);
  const identify = await identifyStages(workshop, stages);
  const known = new Map<string, FinishedStage>();
  const statuses: StageStatus[] = [];
  for (const stage of stages) {
    const { name } = stage;
    const blocked = Object.values(stage.inputs).find((input) => !known.has(input.name));
    if (blocked) {
      const ranBefore = workshop.store.lastSeen(pipeline.paper, name);
      statuses.push({
        name,
        state: ranBefore ? 'stale' : 'missing',
        reason: `waits for ${blocked.name}`,
        keys: [],
      });
      continue;
    }
    const identity = identify(
      stage,
      inputsOf(stage, (input) => known.get(input)),
    );
    const { finished, made, ...status } = stage.published
      ? await publishedStatus(workshop, pipeline, stage, identity)
      : await storedStatus(workshop, pipeline.paper, stage, identity);
    if (finished) known.set(name, finished);
    statuses.push({ name, ...status, keys: [identity.key, ...(made === undefined ? [] : [made])] });
  }
  return { statuses, finished: known };
};

/** The state of every stage of a paper, in data order; runs nothing. */
export const pipelineStatus = async (
  workshop: Workshop,
  pipeline: Pipeline,
): Promise<readonly StageStatus[]> => (await lookAtPipeline(workshop, pipeline)).statuses;
