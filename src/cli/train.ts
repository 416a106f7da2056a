import { publishRun } from '../engine/index.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import type { PaperStage } from './load-stages.ts';
import { selectPublished } from './select-published.ts';
import { sideBySide } from './side-by-side.ts';
import { createWorkshop } from './workshop.ts';

/** The published stages that a run needs. */
const publishedBefore = (pipeline: Pipeline, stage: Stage): readonly Stage[] =>
  stagesInOrder(pipeline, [stage]).filter((feeding) => feeding.published && feeding !== stage);

const trainOne = async (
  workshop: ReturnType<typeof createWorkshop>,
  { pipeline, stage }: PaperStage,
  again: boolean,
): Promise<void> => {
  const done = await publishRun(workshop, pipeline, stage, again);
  console.log(`${stage.name}: ${done === 'fresh' ? 'published and up to date' : 'published'}`);
};

/**
 * Makes the named published runs, each with what it needs, as many side by side as there are processors for, and puts each
 * into the repository as it finishes. Stopped at any moment, the same command goes on.
 */
export const train = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly string[]> => {
  const selected = await selectPublished(root, options, words);
  const workshop = createWorkshop(root);
  process.prependOnceListener('SIGINT', () => {
    workshop.reporter.close();
    console.log('\nstopped; the same command goes on from the last checkpoint');
    process.exit(130);
  });
  const pipelines = new Map<Stage, Pipeline>();
  for (const { pipeline, stage } of selected) {
    for (const one of [...publishedBefore(pipeline, stage), stage]) pipelines.set(one, pipeline);
  }
  const named = new Set(selected.map(({ stage }) => stage));
  try {
    const made = await sideBySide([...named], {
      needs: (stage) => publishedBefore(pipelines.get(stage)!, stage),
      // What is only needed is looked at, as a rule, and not made: waiting for all processors it would leave one idle.
      threads: (stage) => (named.has(stage) ? stage.threads : 1),
      make: (stage) =>
        trainOne(
          workshop,
          { pipeline: pipelines.get(stage)!, stage },
          Boolean(options['again']) && named.has(stage),
        ),
    });
    return made.map(({ name }) => name);
  } finally {
    workshop.reporter.close();
  }
};
