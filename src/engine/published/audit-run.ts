import { identifyStages } from '../keys/identify-stages.ts';
import { differences } from '../keys/stage-key.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import type { Workshop } from '../run/workshop.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { readPublishedRecord } from './published-run.ts';
import { checkWitness, keptWitness, partsNeedInputs, witnessParts } from './replay-witness.ts';
import { comparisonWords } from './witness.ts';

export interface AuditLine {
  readonly equal: boolean;
  readonly text: string;
}

/**
 * Replays the witness of a published run with the code of today, whether or not its key is of today.
 *
 * @param wanted ids of the parts to replay; all unless given. What feeds the stage runs only if a part needs it.
 */
export const auditRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  wanted?: readonly string[],
): Promise<AuditLine> => {
  const run = await readPublishedRecord(workshop, pipeline, stage);
  if (!run) return { equal: true, text: 'was never published' };
  if (!run.witness) return { equal: true, text: 'has no such witness' };
  const kept = await keptWitness(workshop, pipeline, stage, run.witness);
  const parts = witnessParts(stage, wanted).filter((id) => kept.parts.some((part) => part.id === id));
  if (parts.length === 0) return { equal: true, text: 'has no such witness' };
  const upstream = partsNeedInputs(stage, parts)
    ? await runPipeline(workshop, pipeline, { only: Object.values(stage.inputs) })
    : new Map();
  const identity = (await identifyStages(workshop, [stage]))(stage, {
    content: run.record.inputs,
    named: run.record.inputs,
  });
  const params = differences(run.record, identity.record).find(({ what }) => what === 'params');
  if (params) return { equal: false, text: `is stale: ${params.text}` };
  const { by, difference } = await checkWitness(
    workshop,
    pipeline,
    stage,
    identity,
    run.witness,
    kept,
    parts,
    upstream,
  );
  if (!difference) return { equal: true, text: `${parts.join(' and ')} (${comparisonWords(by)})` };
  const { where, expected, received } = difference;
  return {
    equal: false,
    text: `differs at ${where}: expected ${expected}; received ${received}; compared ${comparisonWords(by)}`,
  };
};
