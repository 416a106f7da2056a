import { definitionPlace, type FinishedStage, resultMembers, runPipeline } from '../engine/index.ts';
import { assemblePaper, type PaperData } from '../results/paper-data.ts';
import { requirePresented } from '../results/presentation.ts';
import type { Paper } from './load-paper.ts';
import type { ProjectWorkshop } from './workshop.ts';

export interface ComputedPaper {
  readonly paper: Paper;
  readonly data: PaperData;
  readonly finished: ReadonlyMap<string, FinishedStage>;
}

/** Reads what finished stages made, and judges the claims. @throws as assemblePaper, and what presents no result */
export const assembleComputed = async (
  workshop: ProjectWorkshop,
  paper: Paper,
  finished: ComputedPaper['finished'],
): Promise<ComputedPaper> => {
  const results = resultMembers(paper.pipeline).map((member) => {
    const done = finished.get(member.stage.name);
    if (!done) throw new Error(`internal: ${member.stage.name} did not finish`);
    return { ...member, key: done.key, read: done.read };
  });
  // What computes with it, and nothing else, is named beside it.
  const isNumeric = [...finished.values()].some(
    ({ stage: { code } }) => code.kind === 'numeric' && !code.program,
  );
  const library = isNumeric ? { library: workshop.library } : {};
  const data = await assemblePaper(
    {
      paper: paper.id,
      profile: paper.profile,
      backend: { ...library, ...workshop.platform.backend, ...workshop.machine },
      reported: paper.reported,
      claims: paper.claims,
      claimsFile: paper.claimsFile,
      presentation: paper.presentation,
      presentationFile: paper.presentationFile,
      placeOfKey: paper.placeOfKey,
      placeOfClaim: paper.placeOfClaim,
      definedAt: ({ code }) => definitionPlace(workshop.root, code),
    },
    results,
  );
  requirePresented(paper.presentation, data, paper.presentationFile, paper.placeOfKey);
  return { paper, data, finished };
};

/** Runs what is not up to date, and judges the claims. */
export const computePaper = async (workshop: ProjectWorkshop, paper: Paper): Promise<ComputedPaper> =>
  assembleComputed(workshop, paper, await runPipeline(workshop, paper.pipeline));
