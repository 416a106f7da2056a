import { availableParallelism } from 'node:os';
import { identifyStages, inputsOf, type StageIdentity } from '../keys/identify-stages.ts';
import { readPublishedRecord } from '../published/published-run.ts';
import { type StaleRun, stalePublished, staleReason } from '../published/stale-published.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../stage/pipeline.ts';
import { clearAbandonedRuns } from './clear-abandoned-runs.ts';
import { type FinishedStage, publishedStage } from './finished-stage.ts';
import { lookUpStage, makeStage } from './make-stage.ts';
import { useStore } from './store-users.ts';
import { createThreadSlots } from './thread-slots.ts';
import { type Workshop, workFolder } from './workshop.ts';

export interface RunOptions {
  /** These stages and what feeds them; the whole paper unless given. */
  readonly only?: readonly Stage[];
  /** The published stage that may run; `again`: whatever is published or stored. */
  readonly publish?: { readonly stage: Stage; readonly again: boolean };
  /** Ends everything that runs. */
  readonly signal?: AbortSignal;
}

/** A published stage is not up to date, or what waits for one: told once, for all of them. */
const notUpToDate = Symbol('not up to date');

/**
 * Brings every stage of a paper up to date: a stage whose key is published or in the store is left alone, any
 * other runs. All published stages are looked up before anything runs that does not feed one.
 *
 * @returns stage name -> finished stage, in data order
 * @throws PublishedStale or NotPublished, which name every published stage that is not up to date
 * @throws the first error of a stage, after all running ones were ended
 */
export const runPipeline = async (
  workshop: Workshop,
  pipeline: Pipeline,
  { only, publish, signal }: RunOptions = {},
): Promise<ReadonlyMap<string, FinishedStage>> => {
  const stages = stagesInOrder(pipeline, only);
  await useStore(workshop.store.folder, workshop.reporter.say);
  const identify = await identifyStages(workshop, stages);
  const withSlots = createThreadSlots(availableParallelism());
  const abort = new AbortController();
  signal?.addEventListener('abort', () => abort.abort(signal.reason), { once: true });
  clearAbandonedRuns(workFolder(workshop));
  workshop.store.clearAbandoned();
  const finished = new Map<string, Promise<FinishedStage>>();
  const finishedOf = async (wanted: readonly Stage[]): Promise<ReadonlyMap<string, FinishedStage>> =>
    new Map(
      await Promise.all(
        wanted.map(async ({ name }) => [name, (await finished.get(name)) as FinishedStage] as const),
      ),
    );

  const published = stages.filter((stage) => stage.published);
  const beforeAll = new Set(stagesInOrder(pipeline, published));
  const stale: StaleRun[] = [];
  const removals: Promise<void>[] = [];

  /** The run in the repository, or in the store when it is not published yet. */
  const lookUpPublished = async (
    stage: Stage,
    identity: StageIdentity,
  ): Promise<FinishedStage | undefined> => {
    const isPublished = stage === publish?.stage;
    if (isPublished && publish.again) return undefined;
    const run = await readPublishedRecord(workshop, pipeline, stage);
    const missesOutput = stage.published?.outputs.some((output) => !run?.kept.includes(output));
    if (run?.key === identity.key && !(isPublished && missesOutput)) {
      return publishedStage(workshop, pipeline, stage, identity, run);
    }
    const stored = await lookUpStage(workshop, pipeline.paper, stage, identity);
    if (stored || isPublished) return stored;
    stale.push({ stage, run, ...(await staleReason(run, identity)) });
    throw notUpToDate;
  };

  const finish = async (stage: Stage, place: number): Promise<FinishedStage> => {
    const upstream = await finishedOf(Object.values(stage.inputs));
    const identity = identify(
      stage,
      inputsOf(stage, (name) => upstream.get(name)),
    );
    const fresh = stage.published
      ? await lookUpPublished(stage, identity)
      : await lookUpStage(workshop, pipeline.paper, stage, identity);
    if (fresh) return fresh;
    if (!beforeAll.has(stage)) await finishedOf(published);
    return withSlots(stage.threads, place, async () => {
      abort.signal.throwIfAborted();
      return makeStage(workshop, pipeline.paper, stage, identity, {
        copyInput: async (input, output, path) =>
          upstream.get(stage.inputs[input]?.name ?? '')?.lend(output, path, `stage '${stage.name}'`),
        signal: abort.signal,
        meanwhile: (removal) => {
          // Its fault is told below.
          removal.catch(() => undefined);
          removals.push(removal);
        },
        again: stage === publish?.stage && publish.again,
      });
    });
  };

  // The first failure in time is thrown below; later ones, of stages that were ended for it, are its echoes.
  let first: unknown;
  for (const [place, stage] of stages.entries()) {
    const promise = finish(stage, place);
    promise.catch((error) => {
      if (error === notUpToDate) return;
      first ??= error;
      abort.abort();
    });
    finished.set(stage.name, promise);
  }
  const results = await Promise.allSettled(finished.values());
  const removed = await Promise.allSettled(removals);
  const failed = [...results, ...removed].flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  if (failed.length > 0) {
    throw first ?? (stale.length > 0 ? stalePublished(pipeline, stages, stale) : failed[0]);
  }
  return finishedOf(stages);
};
