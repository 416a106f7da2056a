import { digestOf } from '../keys/digest.ts';
import type { StageIdentity } from '../keys/identify-stages.ts';
import { differences, firstDifference, type KeyDifference, type KeyRecord } from '../keys/stage-key.ts';
import { formatDuration } from '../run/format-duration.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, profileFlag, type Stage, stagesInOrder } from '../stage/pipeline.ts';
import { inputsOfRun, type PublishedRecord } from './published-run.ts';

/** A published stage whose run is not of today. */
export interface StaleRun {
  readonly stage: Stage;
  readonly run: PublishedRecord | undefined;
  readonly reason: string;
  /** Whether nothing but how it is computed differs, so that a replay can tell if the run still holds. */
  readonly attestable: boolean;
}

/** What a run is computed from; how it is computed is what a replay of the witness can judge. */
const beyondJudgement: readonly KeyDifference['what'][] = ['params', 'inputs', 'files', 'outputs', 'kind'];

/** A record of an older form has no member for what it could not hold: that is as good as an empty one. */
const filled = (record: KeyRecord): KeyRecord => ({
  ...record,
  files: record.files ?? {},
  native: record.native ?? {},
});

/** Those of today's inputs that are not, bit by bit, what the run read. */
export const otherHere = (run: PublishedRecord, inputs: StageIdentity['inputs']): readonly string[] => {
  const read = inputsOfRun(run);
  return Object.keys({ ...read, ...inputs }).filter(
    (name) => digestOf(read[name]) !== digestOf(inputs[name]),
  );
};

/** Whether today's inputs are, bit by bit, what the run read. */
export const readsAgain = (run: PublishedRecord, inputs: StageIdentity['inputs']): boolean =>
  otherHere(run, inputs).length === 0;

/**
 * The first thing that a replay cannot judge, in words.
 *
 * @returns undefined when code, packages, Node and backend alone differ, of the stage or of what feeds it with the same
 *   content
 */
export const beyondReplay = (run: PublishedRecord, { record, inputs }: StageIdentity): string | undefined => {
  const isReadAgain = readsAgain(run, inputs);
  return differences(filled(run.record), record, { isReadAgain }).find(
    ({ what }) => beyondJudgement.includes(what) && !(what === 'inputs' && isReadAgain),
  )?.text;
};

/** The first reason why a published run is not of today; for code, with the files that changed. */
export const staleReason = async (
  run: PublishedRecord | undefined,
  identity: StageIdentity,
): Promise<Pick<StaleRun, 'reason' | 'attestable'>> => {
  if (!run) return { reason: 'it was never published', attestable: false };
  const known = {
    before: run.sources,
    now: await identity.program.sources(),
    isReadAgain: readsAgain(run, identity.inputs),
  };
  return {
    reason: firstDifference(filled(run.record), identity.record, known),
    attestable: beyondReplay(run, identity) === undefined,
  };
};

/**
 * One error for all published stages that are not up to date, with what can be done.
 *
 * @param stages in data order; a published one that is not among `stale` but waits for one is listed too
 */
export const stalePublished = (
  pipeline: Pipeline,
  stages: readonly Stage[],
  stale: readonly StaleRun[],
): PaperError => {
  const flag = profileFlag(pipeline);
  const sorted = stages.flatMap((stage): readonly StaleRun[] => {
    const known = stale.find((run) => run.stage === stage);
    if (known || !stage.published) return known ? [known] : [];
    const feeding = stagesInOrder(pipeline, [stage]);
    const cause = stale.find((run) => feeding.includes(run.stage));
    return cause
      ? [{ stage, run: undefined, reason: `waits for ${cause.stage.name}`, attestable: false }]
      : [];
  });
  const names = sorted.map(({ stage }) => stage.name).join(' ');
  const attestable = sorted.filter((run) => run.attestable).map(({ stage }) => stage.name);
  const known = sorted.some(({ run }) => run);
  return new PaperError(
    known ? 'PublishedStale' : 'NotPublished',
    known
      ? `published runs of ${pipeline.paper} are not of today's code, parameters and inputs.`
      : `${pipeline.paper} needs runs that are not published.`,
    {
      details: sorted.map(
        ({ stage, reason }) =>
          `${stage.name}: ${reason}; a run takes about ${formatDuration(stage.published?.expectedMs ?? 0)}`,
      ),
      hint: [
        `make the runs: \`npm run train -- ${flag}${names}\``,
        ...(attestable.length > 0
          ? [
              `if their results cannot have changed, attest it: \`npm run paper -- attest ${flag}${attestable.join(' ')}\``,
            ]
          : []),
        ...(pipeline.profile?.others ?? []).map(
          (other) => `or build another profile: \`npm run build -- --profile ${other}\``,
        ),
      ].join('; '),
    },
  );
};
