/** Vouches for a published run whose code changed since, or says where the code of today would do otherwise. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../keys/digest.ts';
import { identifyStages, inputsOf, type StageIdentity } from '../keys/identify-stages.ts';
import { sha256, sha256OfFile } from '../keys/sha256.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import { formatDuration } from '../run/format-duration.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import { runStage } from '../run/run-stage.ts';
import { swapFolder } from '../run/swap-folder.ts';
import { type Workshop, workFolder } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, profileFlag, type Stage } from '../stage/pipeline.ts';
import {
  type Attestation,
  inputsOfRun,
  lockPublished,
  type PublishedRecord,
  publishedPlace,
  readPublishedRecord,
  recordText,
} from './published-run.ts';
import {
  checkWitness,
  keptWitness,
  machineClassOf,
  replayable,
  replayWitness,
  witnessParts,
} from './replay-witness.ts';
import { beyondReplay, readsAgain, staleReason } from './stale-published.ts';
import { comparisonWords, type WitnessDifference, witnessText } from './witness.ts';

const makeAgain = (pipeline: Pipeline, { name, published }: Stage): string =>
  `the run must be made again: \`npm run train -- ${profileFlag(pipeline)}${name}\`, about ${formatDuration(published?.expectedMs ?? 0)}.`;

const refused = (pipeline: Pipeline, stage: Stage, reason: string): PaperError =>
  new PaperError('AttestRefused', `'${stage.name}' cannot be attested: ${reason}.`, {
    hint: makeAgain(pipeline, stage),
  });

const differs = (
  pipeline: Pipeline,
  stage: Stage,
  { where, expected, received }: WitnessDifference,
  compared: string,
  reason: string,
): PaperError =>
  new PaperError('WitnessDiffers', `'${stage.name}' no longer does what made its published run.`, {
    details: [
      `first difference: ${where}`,
      `expected ${expected}; received ${received}`,
      `compared: ${compared}`,
      `since the run: ${reason}`,
    ],
    hint: makeAgain(pipeline, stage),
  });

/** What a vouching found, before it is written down. */
interface Vouched {
  readonly parts: readonly string[];
  readonly added: readonly string[];
  readonly by: Attestation['by'];
  readonly witness: PublishedRecord['witness'];
  /** witness.json, where it has more parts than before. */
  readonly text?: string;
}

/** Whether equal code need not give a run's very bits here. */
const isElsewhere = (
  { machine }: Workshop,
  { code }: Stage,
  { inputs }: StageIdentity,
  run: PublishedRecord,
): boolean =>
  (code.kind === 'numeric' && digestOf(machine) !== digestOf(run.made.machine)) || !readsAgain(run, inputs);

const tellsNothing = (
  pipeline: Pipeline,
  stage: Stage,
  output: string,
  { made }: PublishedRecord,
): PaperError =>
  new PaperError(
    'AttestRefused',
    `'${stage.name}' cannot be attested here: made again, its output '${output}' has other bits, as it may on another machine class by equal code.`,
    {
      details: [`it was made on ${JSON.stringify(made.machine)}`],
      hint: `attest it on such a machine; otherwise ${makeAgain(pipeline, stage)}`,
    },
  );

type Upstream = ReadonlyMap<string, FinishedStage>;

/**
 * A run without a witness is made again, whole: what it gives is what is published, or it does not hold. From then on it
 * has the witness that its definition has.
 */
const vouchByOutputs = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: StageIdentity,
  run: PublishedRecord,
  upstream: Upstream,
  reason: string,
): Promise<Vouched> => {
  const digests = await runStage(
    {
      root: workshop.root,
      paper: pipeline.paper,
      stage,
      ...replayable(identity),
      workFolder: workFolder(workshop),
      copyInput: async (input, output, path) =>
        upstream.get(stage.inputs[input]?.name ?? '')?.lend(output, path, `attesting '${stage.name}'`),
      environment: workshop.environment(stage.threads),
      onProgress: (progress) => workshop.reporter.progress(stage.name, progress),
      signal: new AbortController().signal,
    },
    async (outputs) =>
      Object.fromEntries(Object.entries(outputs).map(([name, path]) => [name, sha256OfFile(path)])),
  );
  const changed = Object.keys(run.outputs).find((name) => run.outputs[name] !== digests[name]);
  if (changed !== undefined) {
    const [expected = '', received = ''] = [run.outputs[changed], digests[changed]];
    const where = `output '${changed}'`;
    if (isElsewhere(workshop, stage, identity, run)) throw tellsNothing(pipeline, stage, changed, run);
    throw differs(pipeline, stage, { where, expected, received }, 'the outputs of a whole run', reason);
  }
  const by = 'the same outputs';
  const added = witnessParts(stage);
  if (added.length === 0) return { parts: [], added, by, witness: null };
  const text = witnessText(
    await replayWitness(workshop, pipeline, stage, replayable(identity), upstream, added),
  );
  const witness = { digest: sha256(text), machine: machineClassOf(workshop, stage) };
  return { parts: [], added, by, witness, text };
};

/** Replays what is kept, and adds the parts that the definition of today has besides. */
const vouchByWitness = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: StageIdentity,
  about: NonNullable<PublishedRecord['witness']>,
  upstream: Upstream,
  reason: string,
): Promise<Vouched> => {
  const kept = await keptWitness(workshop, pipeline, stage, about);
  const ids = kept.parts.map(({ id }) => id);
  const parts = witnessParts(stage, ids);
  const gone = ids.find((id) => !parts.includes(id));
  if (gone !== undefined) {
    throw refused(pipeline, stage, `its definition has no part '${gone}' any more, which its witness has`);
  }
  const { by, difference } = await checkWitness(
    workshop,
    pipeline,
    stage,
    identity,
    about,
    kept,
    parts,
    upstream,
  );
  if (difference) throw differs(pipeline, stage, difference, comparisonWords(by), reason);
  const added = witnessParts(stage).filter((id) => !ids.includes(id));
  if (added.length === 0) return { parts, added, by, witness: about };
  const further = await replayWitness(workshop, pipeline, stage, replayable(identity), upstream, added);
  const text = witnessText({
    parts: [...kept.parts, ...further.parts],
    tolerance: { ...further.tolerance, ...kept.tolerance },
  });
  const here = machineClassOf(workshop, stage);
  const machines = { ...about.machines, ...Object.fromEntries(added.map((id) => [id, here])) };
  return { parts, added, by, witness: { ...about, digest: sha256(text), machines }, text };
};

/** With the run's lock held. */
const attestLocked = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  identity: StageIdentity,
  upstream: Upstream,
): Promise<Attestation | undefined> => {
  const run = await readPublishedRecord(workshop, pipeline, stage);
  if (!run) throw refused(pipeline, stage, 'it was never published');
  const beyond = beyondReplay(run, identity);
  if (beyond) throw refused(pipeline, stage, `${beyond}, which a replay cannot judge`);
  const { reason } = await staleReason(run, identity);
  const isOfToday = run.key === identity.key;
  const kept = run.witness ? (await keptWitness(workshop, pipeline, stage, run.witness)).parts : [];
  const hasAllParts = witnessParts(stage).every((id) => kept.some((part) => part.id === id));
  if (isOfToday && hasAllParts) return undefined;
  const { text, witness, ...vouched } = run.witness
    ? await vouchByWitness(workshop, pipeline, stage, identity, run.witness, upstream, reason)
    : await vouchByOutputs(workshop, pipeline, stage, identity, run, upstream, reason);
  const attestation: Attestation = {
    from: run.key,
    to: identity.key,
    when: new Date().toISOString(),
    machine: machineClassOf(workshop, stage),
    parts: [...vouched.parts],
    ...(vouched.added.length > 0 ? { added: [...vouched.added] } : {}),
    by: vouched.by,
    reason,
  };
  const attested = recordText({
    ...run,
    key: identity.key,
    record: identity.record,
    // What the run read, which this machine need not have to the last digit.
    inputs: inputsOfRun(run),
    sources: await identity.program.sources(),
    witness,
    attestations: [...run.attestations, attestation],
  });
  const { folder, aside, before } = publishedPlace(workshop, pipeline, stage);
  // Record and witness change together or not at all: a record that names another witness is damaged.
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await cp(folder, aside, { recursive: true, preserveTimestamps: true });
  if (text !== undefined) await writeFile(join(aside, 'witness.json'), text);
  await writeFile(join(aside, 'record.json'), attested);
  await swapFolder(aside, folder, before);
  return attestation;
};

/**
 * Gives a published run the key of today if the code of today is shown to make it: by a replay of its witness, equal
 * bits on the machine class of each part and numbers within their tolerance elsewhere; without a witness, by making
 * the run again. Its outputs keep their digests, so that what lies downstream stays fresh.
 *
 * @returns what was attested, or undefined when the key already is of today and the witness has all parts
 * @throws AttestRefused when more than how it is computed changed, or this machine cannot tell
 * @throws WitnessDiffers naming the first mark and number or tensor, or the output
 */
export const attestRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
): Promise<Attestation | undefined> => {
  const upstream = await runPipeline(workshop, pipeline, { only: Object.values(stage.inputs) });
  const identity = (await identifyStages(workshop, [stage]))(
    stage,
    inputsOf(stage, (name) => upstream.get(name)),
  );
  // From its record read to its record written nobody else publishes or attests the run.
  const unlock = await lockPublished(publishedPlace(workshop, pipeline, stage), () =>
    workshop.reporter.say(`  ${stage.name}: waits for another command`),
  );
  try {
    return await attestLocked(workshop, pipeline, stage, identity, upstream);
  } finally {
    await unlock();
  }
};
