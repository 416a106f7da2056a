import { z } from 'zod';
import { PaperError, type Pipeline, stagesInOrder } from '../engine/stage/index.ts';
import { failedModule } from './import-paper-module.ts';
import { keyPlace } from './key-place.ts';

const placedStage = z.looseObject({
  name: z.string(),
  code: z.looseObject({ outputs: z.record(z.string(), z.string()) }),
  inputs: z.record(z.string(), z.unknown()),
});

const replicated = z.looseObject({
  name: z.string(),
  replicates: z.array(z.looseObject({ seed: z.number(), stage: placedStage })).min(1),
});

/** What the engine and the site rely on; a compiler says so too, where one is asked. */
const graphSchema = z.looseObject({
  paper: z.string(),
  locked: z.boolean(),
  results: z.array(z.union([placedStage, replicated])),
  files: z.record(z.string(), z.looseObject({ stage: placedStage, output: z.string() })),
  downloads: z.array(z.looseObject({ path: z.string(), label: z.string() })).optional(),
  recomputable: z.record(z.string(), z.enum(['every', 'first'])).optional(),
  rerun: z.array(placedStage).optional(),
  explorations: z
    .record(z.string(), z.looseObject({ code: z.looseObject({}), sources: z.array(z.looseObject({})) }))
    .optional(),
});

/**
 * What `pipeline` of a paper's own module gives.
 *
 * @param file from the root
 * @throws BadPaperModule when it throws, gives no graph, or that of another paper; what `stage` and `stagesInOrder` throw,
 *   with the author's line
 */
export const readGraph = (root: string, paper: string, file: string, pipeline: () => unknown): Pipeline => {
  let given: unknown;
  try {
    given = pipeline();
  } catch (error) {
    throw failedModule(root, file, 'throws as its pipeline is made', error);
  }
  const read = graphSchema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new PaperError('BadPaperModule', `what pipeline() of ${file} gives is no graph of a paper.`, {
      where: keyPlace(root, file, ['pipeline', ...(issue?.path ?? []).map(String)]),
      details: [`${issue?.path.join('.') || 'it'}: ${issue?.message}`],
      hint: "return { paper, locked, results: [stage('name', definition)], files: {} }; that of another paper shows how.",
    });
  }
  if (read.data.paper !== paper) {
    throw new PaperError('BadPaperModule', `${file} gives the graph of another paper.`, {
      where: keyPlace(root, file, ['pipeline', 'paper']),
      details: [`expected paper '${paper}', as its folder is named; received '${read.data.paper}'`],
      hint: `write \`paper: '${paper}'\` there.`,
    });
  }
  const graph = given as Pipeline;
  try {
    stagesInOrder(graph);
  } catch (error) {
    throw failedModule(root, file, 'gives a graph that has no order', error);
  }
  return graph;
};
