import { PaperError } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';

/**
 * What this process computed, by paper. It hangs on the process and not on this module, because pages are bundled
 * and have an instance of the module of their own; and it is in no file, so that no page can print what another
 * build, or a hand, left behind.
 */
const ofThisProcess = Symbol.for('reproducible-paper.computed');

const computed = (): Map<string, PaperData> => {
  const place = globalThis as { [ofThisProcess]?: Map<string, PaperData> };
  place[ofThisProcess] ??= new Map();
  return place[ofThisProcess];
};

/** Gives the pages what was computed, in the place of all that they had. */
export const givePaperData = (papers: readonly PaperData[]): void => {
  const known = computed();
  known.clear();
  for (const data of papers) known.set(data.paper, data);
};

/** What the pages of a paper print: what this very build computed. @throws NotComputed */
export const readPaperData = (paper: string): PaperData => {
  const data = computed().get(paper);
  if (data) return data;
  throw new PaperError('NotComputed', `this build computed nothing for '${paper}'.`, {
    details: [`expected one of ${[...computed().keys()].join(', ') || 'none: nothing was computed'}`],
    hint: 'pages print what their own build computed: use `npm run build` or `npm run dev`, not Astro alone.',
  });
};
