import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageIdentity } from '../keys/identify-stages.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import { runStage } from '../run/run-stage.ts';
import type { Witness } from '../run/stage-protocol.ts';
import { type Workshop, workFolder } from '../run/workshop.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { type PublishedRecord, publishedPlace, readPublishedFile } from './published-run.ts';
import {
  type Comparison,
  compareWitness,
  comparisonOn,
  type MachineClass,
  parseWitness,
  type WitnessDifference,
} from './witness.ts';

/** The parts of a stage's witness, or those of them that are wanted. */
export const witnessParts = (stage: Stage, wanted?: readonly string[]): readonly string[] =>
  Object.keys(stage.code.witness?.parts ?? {}).filter((id) => !wanted || wanted.includes(id));

/** Whether any of these parts reads what feeds the stage. */
export const partsNeedInputs = (stage: Stage, parts: readonly string[]): boolean =>
  parts.some((id) => stage.code.witness?.parts[id]?.needsInputs);

/** The machine class on which this stage's bits are equal. */
export const machineClassOf = ({ machine }: Workshop, { threads }: Stage): MachineClass => ({
  ...machine,
  threads,
});

/**
 * Runs parts of a stage's witness with the code of today.
 *
 * @param upstream what feeds the stage, by name; used only if a part needs inputs
 */
export const replayWitness = async (
  workshop: Workshop,
  { paper }: Pick<Pipeline, 'paper'>,
  stage: Stage,
  { program, params, files }: Pick<StageIdentity, 'program' | 'params'> & { readonly files: KeyFiles },
  upstream: ReadonlyMap<string, FinishedStage>,
  parts: readonly string[],
): Promise<Witness> => {
  const { reporter } = workshop;
  const label = `${stage.name} witness`;
  reporter.say(`  ${label}: ${parts.join(', ')} ...`);
  const needsInputs = partsNeedInputs(stage, parts);
  try {
    return await runStage(
      {
        root: workshop.root,
        paper,
        stage: needsInputs ? stage : { ...stage, files: {} },
        program,
        params,
        files,
        witness: parts,
        workFolder: workFolder(workshop),
        copyInput: needsInputs
          ? async (input, output, path) =>
              upstream
                .get(stage.inputs[input]?.name ?? '')
                ?.lend(output, path, `the witness of '${stage.name}'`)
          : undefined,
        environment: workshop.environment(stage.threads),
        onProgress: (progress) => reporter.progress(label, progress),
        signal: new AbortController().signal,
      },
      async ({ witness = '' }) => parseWitness(stage, await readFile(witness, 'utf8')),
    );
  } finally {
    reporter.finished(label);
  }
};

type KeyFiles = StageIdentity['record']['files'];

/** What a run's identity holds that a replay needs. */
export const replayable = ({ program, params, record }: StageIdentity) => ({
  program,
  params,
  files: record.files,
});

/** The witness that is kept with a run. @throws PublishedDamaged */
export const keptWitness = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  { digest }: NonNullable<PublishedRecord['witness']>,
): Promise<Witness> => {
  const file = join(publishedPlace(workshop, pipeline, stage).folder, 'witness.json');
  return parseWitness(stage, (await readPublishedFile(workshop, stage, file, digest)).toString('utf8'));
};

export interface WitnessCheck {
  /** The weakest comparison that was made. */
  readonly by: Comparison;
  readonly difference: WitnessDifference | undefined;
}

/** Replays parts of a kept witness with the code of today, and compares. */
export const checkWitness = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: StageIdentity,
  { machine, machines = {} }: NonNullable<PublishedRecord['witness']>,
  kept: Witness,
  parts: readonly string[],
  upstream: ReadonlyMap<string, FinishedStage>,
): Promise<WitnessCheck> => {
  const here = machineClassOf(workshop, stage);
  const comparisonOf = (part: string): Comparison => comparisonOn(machines[part] ?? machine, here);
  const received = await replayWitness(workshop, pipeline, stage, replayable(identity), upstream, parts);
  const difference = compareWitness(kept, received, comparisonOf);
  return {
    by: parts.some((part) => comparisonOf(part) === 'tolerance') ? 'tolerance' : 'equal bits',
    difference,
  };
};
