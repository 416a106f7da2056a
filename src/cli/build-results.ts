import { type ComputedPaper, computePaper } from './compute-paper.ts';
import { explainMissingBackend } from './explain-missing-backend.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';
import { createWorkshop } from './workshop.ts';
import { writeResultTypes } from './write-result-types.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Every paper of the project, computed; says how many stages ran. */
export const buildResults = async (
  root: string,
  options: BuildOptions,
): Promise<readonly ComputedPaper[]> => {
  const workshop = createWorkshop(root, options['backend']);
  const computed: ComputedPaper[] = [];
  try {
    for (const paper of await loadPapers(root, options)) {
      const { id } = paper;
      const startMs = performance.now();
      console.log(`${id}: computing`);
      const done = await computePaper(workshop, paper);
      writeResultTypes(root, paper, done.data);
      const ran = [...done.finished.values()].filter((stage) => stage.ran).length;
      console.log(
        `${id}: ${ran} of ${done.finished.size} stages run, profile ${paper.profile}, in ${seconds(performance.now() - startMs)}`,
      );
      computed.push(done);
    }
  } catch (error) {
    throw explainMissingBackend(error, options['backend']);
  } finally {
    workshop.reporter.close();
  }
  return computed;
};
