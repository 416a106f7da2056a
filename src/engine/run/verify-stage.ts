/** Runs a stage twice, each time otherwise, and compares: so clocks, unseeded randomness and orders are found. */
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identifyStages, inputsOf } from '../keys/identify-stages.ts';
import { sha256OfFile } from '../keys/sha256.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { elsewhere, verifyFolder } from './clear-abandoned-runs.ts';
import { nameOfProcess } from './process-identity.ts';
import { runPipeline } from './run-pipeline.ts';
import { runStage } from './run-stage.ts';
import { type Workshop, workFolder } from './workshop.ts';

/** What two runs of one stage gave. */
export interface Verification {
  readonly stage: string;
  readonly equal: boolean;
  /** The first output that differs, and where. */
  readonly difference?: {
    readonly output: string;
    readonly at: string;
    readonly first: string;
    readonly second: string;
  };
}

const around = 24;

/** The first place where two files differ, with some of what stands there. */
const firstDifference = (
  a: Buffer,
  b: Buffer,
): { readonly at: string; readonly first: string; readonly second: string } => {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  const piece = (data: Buffer): string =>
    data
      .subarray(Math.max(0, at - around), at + around)
      .toString('latin1')
      .replace(/[^\x20-\x7e]/g, '.');
  return { at: `byte ${at} of ${a.length} and ${b.length}`, first: piece(a), second: piece(b) };
};

/**
 * Runs a stage in two folders, the second time years later, with folders listed in another order and with other seeds
 * of the language's own random numbers and hashes. Stores nothing.
 */
export const verifyStage = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  signal: AbortSignal = new AbortController().signal,
): Promise<Verification> => {
  const upstream = await runPipeline(workshop, pipeline, { only: Object.values(stage.inputs), signal });
  const identify = await identifyStages(workshop, [stage]);
  const { program, params, record } = identify(
    stage,
    inputsOf(stage, (name) => upstream.get(name)),
  );
  const kept = join(verifyFolder(workFolder(workshop)), nameOfProcess());
  const runInto = (name: string, otherwise: boolean): Promise<Record<string, string>> =>
    runStage(
      {
        root: workshop.root,
        paper: pipeline.paper,
        stage,
        program,
        params,
        files: record.files,
        otherwise,
        workFolder: otherwise ? elsewhere(kept) : workFolder(workshop),
        // Where it is told of, also once this is over.
        logs: join(workFolder(workshop), 'logs'),
        copyInput: async (input, output, path) =>
          upstream.get(stage.inputs[input]?.name ?? '')?.copy(output, path, `verifying '${stage.name}'`),
        environment: workshop.environment(stage.threads),
        onProgress: (progress) => workshop.reporter.progress(stage.name, progress),
        signal,
      },
      async (outputs) => {
        mkdirSync(join(kept, name), { recursive: true });
        return Object.fromEntries(
          Object.entries(outputs).map(([output, path]) => {
            const copy = join(kept, name, output);
            copyFileSync(path, copy);
            return [output, copy];
          }),
        );
      },
    );
  try {
    workshop.reporter.say(`  ${stage.name}: twice ...`);
    const first = await runInto('first', false);
    const second = await runInto('second', true);
    for (const [output, path] of Object.entries(first)) {
      const other = second[output] ?? '';
      if (sha256OfFile(path) === sha256OfFile(other)) continue;
      return {
        stage: stage.name,
        equal: false,
        difference: { output, ...firstDifference(readFileSync(path), readFileSync(other)) },
      };
    }
    return { stage: stage.name, equal: true };
  } finally {
    workshop.reporter.finished(stage.name);
    rmSync(kept, { recursive: true, force: true });
  }
};
