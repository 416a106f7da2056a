import { identifyStages, inputDigests, type StageIdentity } from '../keys/identify-stages.ts';
import { firstDifference } from '../keys/stage-key.ts';
import { type PublishedRecord, readPublishedRecord } from '../published/published-run.ts';
import { staleReason } from '../published/stale-published.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../stage/pipeline.ts';
import { publishedStage } from './finished-stage.ts';
import type { Workshop } from './workshop.ts';

/** Fresh, stale with the first reason, or missing; a stage downstream of either cannot be known yet. */
export interface StageStatus {
  readonly name: string;
  readonly state: 'fresh' | 'stale' | 'missing';
  readonly reason: string;
  /** Of today, and for a published run the key it was made with: what the store must keep. Empty while unknown. */
  readonly keys: readonly string[];
}

type Digests = Readonly<Record<string, string>>;
type Found = Omit<StageStatus, 'name' | 'keys'> & { readonly digests?: Digests; readonly made?: string };

const publishedWords = ({ attestations }: PublishedRecord): string => {
  const last = attestations.at(-1);
  return last ? `published, attested ${last.when.slice(0, 10)} by ${last.by}` : 'published';
};

const storedStatus = async (
  { store }: Workshop,
  paper: string,
  { name }: Stage,
  { key, record, program }: StageIdentity,
): Promise<Found> => {
  const found = store.get(key);
  if (found.state === 'found') return { state: 'fresh', reason: '', digests: found.entry.digests };
  if (found.state === 'damaged') {
    return { state: 'stale', reason: `its stored outputs are damaged: ${found.reason}` };
  }
  const last = store.lastSeen(paper, name);
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
      const { entry } = await publishedStage(workshop, pipeline, stage, identity, run);
      return { state: 'fresh', reason: publishedWords(run), digests: entry.digests, made: run.made.key };
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

/** The state of every stage of a paper, in data order; runs nothing. */
export const pipelineStatus = async (
  workshop: Workshop,
  pipeline: Pipeline,
): Promise<readonly StageStatus[]> => {
  const stages = stagesInOrder(pipeline);
  const identify = await identifyStages(workshop, stages);
  const known = new Map<string, Digests>();
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
      inputDigests(stage, (input) => known.get(input)),
    );
    const { digests, made, ...status } = stage.published
      ? await publishedStatus(workshop, pipeline, stage, identity)
      : await storedStatus(workshop, pipeline.paper, stage, identity);
    if (digests) known.set(name, digests);
    statuses.push({ name, ...status, keys: [identity.key, ...(made === undefined ? [] : [made])] });
  }
  return statuses;
};
