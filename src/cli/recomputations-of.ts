import type { Recomputations } from '../recompute/prepare-recomputations.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { keyPlace } from './key-place.ts';
import { pipelineFile } from './load-paper.ts';

/**
 * What a paper's readers need to compute its tables anew. What prepares it is loaded only here.
 *
 * @throws UnknownTable, NotForBrowser at the line of the pipeline that asks for it
 */
export const recomputationsOf = async (
  root: string,
  { paper: { id, pipeline }, data, finished }: ComputedPaper,
): Promise<Recomputations> => {
  const { prepareRecomputations } = await import('../recompute/prepare-recomputations.ts');
  return prepareRecomputations(root, { pipeline, data, finished }, (table) =>
    keyPlace(root, pipelineFile(id), ['pipeline', 'recomputable', table]),
  );
};
