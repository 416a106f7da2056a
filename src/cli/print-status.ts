import { pipelineStatus, type StageStatus } from '../engine/index.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';
import { createWorkshop } from './workshop.ts';

interface PaperStatus {
  readonly paper: string;
  readonly profile: string;
  readonly stages: readonly StageStatus[];
}

/** Each stage of each paper with its state and, where it would run, the first reason. */
export const printStatus = async (root: string, options: BuildOptions): Promise<readonly PaperStatus[]> => {
  const all: PaperStatus[] = [];
  const workshop = createWorkshop(root, options['backend']);
  for (const { id, pipeline, profile } of await loadPapers(root, options)) {
    console.log(`${id}, profile ${profile}`);
    const statuses = await pipelineStatus(workshop, pipeline);
    all.push({
      paper: id,
      profile,
      stages: statuses,
    });
    const width = Math.max(...statuses.map(({ name }) => name.length));
    for (const { name, state, reason } of statuses) {
      console.log(`  ${name.padEnd(width)}  ${state}${reason === '' ? '' : `: ${reason}`}`);
    }
  }
  return all;
};
