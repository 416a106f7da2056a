import { PaperError } from '../engine/stage/index.ts';
import type { GivenPaper } from '../site/site-build.ts';
import type { ComputedPaper } from './compute-paper.ts';

/** What a process that computes tells the one that serves its pages. */
export type GivenMessage = { readonly computed: readonly GivenPaper[] } | { readonly failed: object };

/** What the site gets of a paper. */
export const givenPaperOf = ({ data, paper }: ComputedPaper): GivenPaper => ({
  data,
  downloads: paper.pipeline.downloads ?? [],
});

/** Tells the server that started this process, if one did, what was computed or what stood in the way. */
export const tellServer = async (
  work: () => Promise<readonly ComputedPaper[]>,
): Promise<readonly ComputedPaper[]> => {
  const send = (message: GivenMessage): void => void process.send?.(message);
  try {
    const computed = await work();
    send({ computed: computed.map(givenPaperOf) });
    return computed;
  } catch (error) {
    if (error instanceof PaperError) {
      // An error of a class of one's own does not pass through a channel whole.
      const { name, message, hint, details, where } = error;
      send({ failed: { name, message, hint, details, where } });
    }
    throw error;
  }
};
