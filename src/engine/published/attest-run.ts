import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyStages, inputDigests } from '../keys/identify-stages.ts';
import { formatDuration } from '../run/format-duration.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import type { Workshop } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, profileFlag, type Stage } from '../stage/pipeline.ts';
import { checkWitness, comparisonWords, type WitnessCheck } from './check-witness.ts';
import { type Attestation, publishedPlace, readPublishedRecord, recordText } from './published-run.ts';
import { witnessParts } from './replay-witness.ts';
import { beyondReplay, staleReason } from './stale-published.ts';

const makeAgain = (pipeline: Pipeline, { name, published }: Stage): string =>
  `the run must be made again: \`npm run train -- ${profileFlag(pipeline)}${name}\`, about ${formatDuration(published?.expectedMs ?? 0)}.`;

const refused = (pipeline: Pipeline, stage: Stage, reason: string): PaperError =>
  new PaperError('AttestRefused', `'${stage.name}' cannot be attested: ${reason}.`, {
    hint: makeAgain(pipeline, stage),
  });

const differs = (
  pipeline: Pipeline,
  stage: Stage,
  { difference, by }: WitnessCheck,
  reason: string,
): PaperError =>
  new PaperError('WitnessDiffers', `'${stage.name}' no longer does what made its published run.`, {
    details: [
      `first difference: ${difference?.where}`,
      `expected ${difference?.expected}; received ${difference?.received}`,
      `compared: ${comparisonWords(by)}`,
      `since the run: ${reason}`,
    ],
    hint: makeAgain(pipeline, stage),
  });

/**
 * Gives a published run the key of today if a replay of its witness shows that the code of today would make it:
 * equal bits on the machine class of the witness, numbers within their tolerance elsewhere. Its outputs keep
 * their digests, so that what lies downstream stays fresh.
 *
 * @returns what was attested, or undefined when the key already is of today
 * @throws AttestRefused when more than code, packages or backend changed, or there is no witness
 * @throws WitnessDiffers naming the first mark and number or tensor
 */
export const attestRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
): Promise<Attestation | undefined> => {
  const upstream = await runPipeline(workshop, pipeline, { only: Object.values(stage.inputs) });
  const identify = await identifyStages(workshop, [stage]);
  const identity = identify(
    stage,
    inputDigests(stage, (name) => upstream.get(name)?.entry.digests),
  );
  const run = await readPublishedRecord(workshop, pipeline, stage);
  if (!run) throw refused(pipeline, stage, 'it was never published');
  if (run.key === identity.key) return undefined;
  const beyond = beyondReplay(run, identity);
  if (beyond) throw refused(pipeline, stage, `${beyond}, which a replay cannot judge`);
  const parts = witnessParts(stage);
  if (!run.witness || parts.length === 0) throw refused(pipeline, stage, 'it has no witness to replay');
  const { reason } = await staleReason(run, identity);
  const check = await checkWitness(workshop, pipeline, stage, identity, run.witness, parts, upstream);
  if (check.difference) throw differs(pipeline, stage, check, reason);

  const attestation: Attestation = {
    from: run.key,
    to: identity.key,
    when: new Date().toISOString(),
    machine: workshop.machine,
    parts: [...parts],
    by: check.by,
    reason,
  };
  const { folder, aside } = publishedPlace(workshop, pipeline, stage);
  const attested = {
    ...run,
    key: identity.key,
    record: identity.record,
    sources: await identity.program.sources(),
    attestations: [...run.attestations, attestation],
  };
  await writeFile(`${aside}.json`, recordText(attested));
  await rename(`${aside}.json`, join(folder, 'record.json'));
  return attestation;
};
