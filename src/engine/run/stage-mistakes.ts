import { identifyStages } from '../keys/identify-stages.ts';
import { PaperError } from '../stage/paper-error.ts';
import { type Pipeline, stagesInOrder } from '../stage/pipeline.ts';
import type { Workshop } from './workshop.ts';

/**
 * What is wrong with each stage of a pipeline that cannot be looked at as a whole: its code, its files and its parameters.
 *
 * @param first what stood in the way: it alone where it is of the graph, and of no stage
 */
export const stageMistakes = async (
  workshop: Workshop,
  pipeline: Pipeline,
  first: PaperError,
): Promise<readonly PaperError[]> => {
  const found: PaperError[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof PaperError)) throw error;
    found.push(error);
  };
  try {
    for (const stage of stagesInOrder(pipeline)) await identifyStages(workshop, [stage]).catch(note);
  } catch (error) {
    note(error);
  }
  return found.length > 0 ? found : [first];
};
