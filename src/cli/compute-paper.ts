import { type FinishedStage, runPipeline } from '../engine/index.ts';
import { assemblePaper, type PaperData } from '../results/paper-data.ts';
import { type BuildOptions, loadPaper, type Paper } from './load-paper.ts';
import type { ProjectWorkshop } from './workshop.ts';

export interface ComputedPaper {
  readonly paper: Paper;
  readonly data: PaperData;
  readonly finished: ReadonlyMap<string, FinishedStage>;
}

/** Runs what is not up to date, and judges the claims. */
export const computePaper = async (
  workshop: ProjectWorkshop,
  id: string,
  options: BuildOptions,
): Promise<ComputedPaper> => {
  const paper = await loadPaper(workshop.root, id, options);
  const finished = await runPipeline(workshop, paper.pipeline);
  const results = paper.pipeline.results.flatMap(({ name }) => finished.get(name) ?? []);
  const data = await assemblePaper(
    {
      paper: id,
      profile: paper.profile,
      backend: { library: workshop.library, ...workshop.platform.backend, ...workshop.machine },
      reported: paper.reported,
      claims: paper.claims,
      claimsFile: paper.claimsFile,
    },
    results,
  );
  return { paper, data, finished };
};
