import { publishRun } from '../engine/index.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import type { PaperStage } from './load-stages.ts';
import { selectPublished } from './select-published.ts';
import { createWorkshop } from './workshop.ts';

/** The published stages that a run needs, and itself, in data order. */
const published = (pipeline: Pipeline, stage: Stage): readonly Stage[] =>
  stagesInOrder(pipeline, [stage]).filter((feeding) => feeding.published);

const trainOne = async (
  workshop: ReturnType<typeof createWorkshop>,
  { pipeline, stage }: PaperStage,
  again: boolean,
): Promise<void> => {
  const done = await publishRun(workshop, pipeline, stage, again);
  console.log(`${stage.name}: ${done === 'fresh' ? 'published and up to date' : 'published'}`);
};

/**
 * Makes the named published runs, each with what it needs, and puts each into the repository as it finishes.
 * Stopped at any moment, the same command goes on.
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
  const done = new Set<Stage>();
  try {
    for (const { pipeline, stage } of selected) {
      for (const next of published(pipeline, stage)) {
        if (done.has(next)) continue;
        await trainOne(workshop, { pipeline, stage: next }, Boolean(options['again']) && next === stage);
        done.add(next);
      }
    }
  } finally {
    workshop.reporter.close();
  }
  return [...done].map(({ name }) => name);
};
