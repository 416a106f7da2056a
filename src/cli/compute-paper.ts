import type { FinishedStage } from '../engine/run/finished-stage.ts';
import { runPipeline } from '../engine/run/run-pipeline.ts';
import type { Workshop } from '../engine/run/workshop.ts';
import { assemblePaper, type PaperData } from '../results/paper-data.ts';
import { type BuildOptions, loadPaper, type Paper } from './load-paper.ts';

export interface ComputedPaper {
  readonly paper: Paper;
  readonly data: PaperData;
  readonly finished: ReadonlyMap<string, FinishedStage>;
}

/** Runs what is not up to date, and judges the claims. */
export const computePaper = async (
  workshop: Workshop,
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
      backend: { ...workshop.backend, ...workshop.machine },
      reported: paper.reported,
      claims: paper.claims,
      claimsFile: paper.claimsFile,
    },
    results,
  );
  return { paper, data, finished };
};
