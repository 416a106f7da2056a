import { pipelineStatus } from '../engine/run/pipeline-status.ts';
import { type BuildOptions, loadPaper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';
import { createWorkshop } from './workshop.ts';

/** Each stage of each paper with its state and, where it would run, the first reason. */
export const printStatus = async (root: string, options: BuildOptions): Promise<void> => {
  const workshop = createWorkshop(root, options['backend']);
  for (const id of paperIds(root)) {
    const { pipeline, profile } = await loadPaper(root, id, options);
    console.log(`${id}, profile ${profile}`);
    const statuses = await pipelineStatus(workshop, pipeline);
    const width = Math.max(...statuses.map(({ name }) => name.length));
    for (const { name, state, reason } of statuses) {
      console.log(`  ${name.padEnd(width)}  ${state}${reason === '' ? '' : `: ${reason}`}`);
    }
  }
};
