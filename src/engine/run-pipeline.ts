import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CodeClosure, closureFor, codeClosures } from './code-closure.ts';
import { lockKey } from './key-lock.ts';
import { packageClosure, readPackageLock } from './package-closure.ts';
import { PaperError } from './paper-error.ts';
import { type Pipeline, type Stage, stagesInOrder } from './pipeline.ts';
import type { Reporter } from './progress.ts';
import { clearAbandonedRuns, runStage } from './run-stage.ts';
import {
  type BackendIdentity,
  firstDifference,
  type KeyRecord,
  keyRecord,
  resolveParams,
  stageKey,
} from './stage-key.ts';
import type { Store, StoreEntry } from './store.ts';

/** A stage whose outputs are in the store, under the key that holds now. */
export interface FinishedStage {
  readonly stage: Stage;
  readonly key: string;
  readonly record: KeyRecord;
  readonly entry: StoreEntry;
  readonly closure: CodeClosure;
  /** Whether it ran in this build. */
  readonly ran: boolean;
}

export interface Workshop {
  /** The project's folder. */
  readonly root: string;
  readonly store: Store;
  readonly backend: BackendIdentity;
  /** Provenance of what is made here; not part of a key. */
  readonly machine: Readonly<Record<string, unknown>>;
  /** Environment of a stage that uses so many threads, for example the backend's own thread settings. */
  readonly environment: (threads: number) => Readonly<Record<string, string>>;
  readonly reporter: Reporter;
}

/** Lets stages start while processor threads are free; a stage that wants more than there are runs alone. */
const createSlots = (slots: number) => {
  let free = slots;
  const waiting: { readonly wanted: number; readonly start: () => void }[] = [];
  const startWaiting = (): void => {
    for (let next = waiting[0]; next && next.wanted <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.wanted;
      next.start();
    }
  };
  return async <T>(threads: number, work: () => Promise<T>): Promise<T> => {
    const wanted = Math.min(threads, slots);
    await new Promise<void>((start) => {
      waiting.push({ wanted, start });
      startWaiting();
    });
    try {
      return await work();
    } finally {
      free += wanted;
      startWaiting();
    }
  };
};

/** Keys of all stages, as far as their inputs are known. */
const prepare = async ({ root, backend }: Workshop, stages: readonly Stage[]) => {
  const closures = await codeClosures(
    root,
    stages.map(({ code }) => code),
  );
  const lock = readPackageLock(root);
  return (stage: Stage, inputs: KeyRecord['inputs']) => {
    const closure = closureFor(closures, stage.code);
    const params = resolveParams(stage);
    const record = keyRecord(stage, params, closure, packageClosure(lock, closure.packages), inputs, backend);
    return { closure, params, record, key: stageKey(record) };
  };
};

const inputDigests = (stage: Stage, entryOf: (name: string) => StoreEntry): KeyRecord['inputs'] =>
  Object.fromEntries(
    Object.entries(stage.code.inputs).map(([input, names]) => {
      const { digests } = entryOf(stage.inputs[input]?.name ?? '');
      return [input, Object.fromEntries(names.map((name) => [name, digests[name] ?? '']))];
    }),
  );

/**
 * Brings every stage of a paper up to date: a stage whose key is in the store is left alone, any other runs.
 *
 * @returns stage name -> finished stage, in data order
 * @throws the first error of a stage, after all running ones were ended
 */
export const runPipeline = async (
  workshop: Workshop,
  pipeline: Pipeline,
): Promise<ReadonlyMap<string, FinishedStage>> => {
  const { root, store, reporter } = workshop;
  const stages = stagesInOrder(pipeline);
  const identify = await prepare(workshop, stages);
  const withSlots = createSlots(availableParallelism());
  const abort = new AbortController();
  const workFolder = join(root, '.paper');
  await clearAbandonedRuns(workFolder);
  const finished = new Map<string, Promise<FinishedStage>>();

  const finish = async (stage: Stage): Promise<FinishedStage> => {
    const upstream = await Promise.all(Object.values(stage.inputs).map((input) => finished.get(input.name)));
    const entries = new Map(upstream.flatMap((done) => (done ? [[done.stage.name, done.entry]] : [])));
    const entryOf = (name: string): StoreEntry => {
      const entry = entries.get(name);
      if (!entry) throw new Error(`internal: '${stage.name}' ran before its input '${name}'`);
      return entry;
    };
    const { closure, params, record, key } = identify(stage, inputDigests(stage, entryOf));
    const lookUp = async (): Promise<FinishedStage | undefined> => {
      const found = await store.get(key);
      if (found.state === 'damaged') {
        reporter.say(
          `  ${stage.name}: its stored outputs are damaged (${found.reason}); they are made again`,
        );
      }
      if (found.state !== 'found') return undefined;
      await store.remember(stage.name, record);
      return { stage, key, record, entry: found.entry, closure, ran: false };
    };
    const fresh = await lookUp();
    if (fresh) return fresh;

    return withSlots(stage.threads, async () => {
      abort.signal.throwIfAborted();
      const scratch = join(workFolder, 'scratch', key);
      const unlock = await lockKey(`${scratch}.lock`, () =>
        reporter.say(`  ${stage.name}: waits for another build`),
      );
      try {
        const madeMeanwhile = await lookUp();
        if (madeMeanwhile) return madeMeanwhile;
        const startMs = performance.now();
        reporter.say(`  ${stage.name} ...`);
        const entry = await runStage(
          {
            stage,
            closure,
            params,
            workFolder,
            scratch,
            copyInput: (input, output, path) =>
              store.copy(entryOf(stage.inputs[input]?.name ?? ''), output, path),
            environment: workshop.environment(stage.threads),
            onProgress: (progress) => reporter.progress(stage.name, progress),
            signal: abort.signal,
          },
          (outputs) =>
            store.put(key, outputs, {
              durationMs: performance.now() - startMs,
              machine: workshop.machine,
              record,
            }),
        );
        await store.remember(stage.name, record);
        await rm(scratch, { recursive: true, force: true });
        reporter.finished(stage.name);
        reporter.say(`  ${stage.name}: ${(entry.durationMs / 1000).toFixed(1)} s`);
        return { stage, key, record, entry, closure, ran: true };
      } finally {
        await unlock();
      }
    });
  };

  for (const stage of stages) {
    const promise = finish(stage);
    // The first failure is thrown below; later ones are its echoes.
    promise.catch(() => abort.abort());
    finished.set(stage.name, promise);
  }
  const results = await Promise.allSettled(finished.values());
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failed.length > 0) throw failed.find((error) => error instanceof PaperError) ?? failed[0];
  return new Map(
    await Promise.all([...finished].map(async ([name, promise]) => [name, await promise] as const)),
  );
};

/** Fresh, stale with the first reason, or missing; a stage downstream of either cannot be known yet. */
export interface StageStatus {
  readonly name: string;
  readonly state: 'fresh' | 'stale' | 'missing';
  readonly reason: string;
}

export const pipelineStatus = async (
  workshop: Workshop,
  pipeline: Pipeline,
): Promise<readonly StageStatus[]> => {
  const stages = stagesInOrder(pipeline);
  const identify = await prepare(workshop, stages);
  const entries = new Map<string, StoreEntry>();
  const statuses: StageStatus[] = [];
  for (const stage of stages) {
    const blocked = Object.values(stage.inputs).find((input) => !entries.has(input.name));
    const last = await workshop.store.lastRecord(stage.name);
    if (blocked) {
      statuses.push({
        name: stage.name,
        state: last ? 'stale' : 'missing',
        reason: `waits for ${blocked.name}`,
      });
      continue;
    }
    const inputs = inputDigests(stage, (name) => entries.get(name) as StoreEntry);
    const { record, key } = identify(stage, inputs);
    const found = await workshop.store.get(key);
    if (found.state === 'found') {
      entries.set(stage.name, found.entry);
      statuses.push({ name: stage.name, state: 'fresh', reason: '' });
    } else if (found.state === 'damaged') {
      statuses.push({
        name: stage.name,
        state: 'stale',
        reason: `its stored outputs are damaged: ${found.reason}`,
      });
    } else {
      const reason = last ? firstDifference(last, record) : 'it never ran here';
      statuses.push({ name: stage.name, state: last ? 'stale' : 'missing', reason });
    }
  }
  return statuses;
};
