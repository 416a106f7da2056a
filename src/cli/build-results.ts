import { type ComputedPaper, computePaper } from './compute-paper.ts';
import { explainMissingBackend } from './explain-missing-backend.ts';
import type { BuildOptions } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';
import { createWorkshop } from './workshop.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Every paper of the project, computed; says how many stages ran. */
export const buildResults = async (
  root: string,
  options: BuildOptions,
): Promise<readonly ComputedPaper[]> => {
  const workshop = createWorkshop(root, options['backend']);
  const computed: ComputedPaper[] = [];
  try {
    for (const id of paperIds(root)) {
      const startMs = performance.now();
      console.log(`${id}: computing`);
      const paper = await computePaper(workshop, id, options);
      const ran = [...paper.finished.values()].filter((stage) => stage.ran).length;
      console.log(
        `${id}: ${ran} of ${paper.finished.size} stages run, profile ${paper.data.profile}, in ${seconds(performance.now() - startMs)}`,
      );
      computed.push(paper);
    }
  } catch (error) {
    throw explainMissingBackend(error, options['backend']);
  } finally {
    workshop.reporter.close();
  }
  return computed;
};
