import type { FinishedStage } from '../engine/index.ts';
import type { Pipeline } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import type { PublicFile } from './recomputation.ts';

/** What a build has computed of a paper, from which readers are given what they compute with. */
export interface ComputedStages {
  readonly pipeline: Pipeline;
  readonly data: PaperData;
  readonly finished: ReadonlyMap<string, FinishedStage>;
}

export const finishedStage = ({ finished }: ComputedStages, name: string): FinishedStage => {
  const done = finished.get(name);
  if (!done) throw new Error(`internal: ${name} did not finish`);
  return done;
};

/**
 * An output as a browser finds it, and its content.
 *
 * @param path below the paper's folder
 * @param neededBy as an error names it
 */
export const publicFile = async (
  { read, entry }: FinishedStage,
  output: string,
  path: string,
  neededBy: string,
): Promise<{ readonly file: PublicFile; readonly content: Uint8Array }> => {
  const content = await read(output, neededBy);
  return { file: { path, sha256: entry.digests[output] ?? '', sizeBytes: content.length }, content };
};
