import { digestOf } from '../keys/digest.ts';
import { runPipeline } from '../run/run-pipeline.ts';
import type { Workshop } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';
import { publishRun } from './publish-run.ts';

const requireReference = ({ platform, reference }: Workshop, stage: Stage): void => {
  if (stage.code.kind === 'exact' || digestOf(platform) === digestOf(reference)) return;
  throw new PaperError('NotReferenceBackend', `'${stage.name}' cannot be made with this numeric backend.`, {
    details: [`expected ${JSON.stringify(reference)}`, `received ${JSON.stringify(platform)}`],
    hint: 'published runs are made with one library, which their keys name: make it on a machine that has it.',
  });
};

/**
 * Brings a published stage and what feeds it up to date, and publishes its run. Stopped, it goes on from the
 * stage's last checkpoint the next time.
 *
 * @param again makes the run anew although it is up to date
 * @returns what was done
 * @throws NotReferenceBackend, or the errors of `runPipeline`
 */
export const trainRun = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  again: boolean,
): Promise<'fresh' | 'published'> => {
  requireReference(workshop, stage);
  const finished = await runPipeline(workshop, pipeline, { only: [stage], train: { stage, again } });
  const run = finished.get(stage.name);
  if (!run) throw new Error(`internal: ${stage.name} did not finish`);
  if (run.published) return 'fresh';
  await publishRun(workshop, pipeline, run, finished);
  return 'published';
};
