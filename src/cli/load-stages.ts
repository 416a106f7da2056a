import { nearestHint, PaperError, type Pipeline, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';

/** A stage of a paper. */
export interface PaperStage {
  readonly pipeline: Pipeline;
  readonly stage: Stage;
}

/** The stages of all papers that a command is about, in data order. */
export const loadStages = async (root: string, options: BuildOptions): Promise<readonly PaperStage[]> =>
  (await loadPapers(root, options)).flatMap(({ pipeline }) =>
    stagesInOrder(pipeline).map((stage) => ({ pipeline, stage })),
  );

export const unknownStage = (name: string, known: readonly string[]): PaperError =>
  new PaperError('UnknownStage', `there is no stage '${name}'.`, { hint: nearestHint(name, known) });

/** Of two papers that have a stage of one name, neither is guessed to be meant. */
export const ambiguousStage = (name: string, papers: readonly string[]): PaperError =>
  new PaperError('AmbiguousStage', `${papers.join(' and ')} have a stage '${name}' each.`, {
    details: ['expected the name of one paper'],
    hint: `name it: \`--paper ${papers[0]}\`.`,
  });
