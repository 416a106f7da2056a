import { PaperError } from '../engine/stage/index.ts';

/**
 * Where nothing was computed there is nothing to print.
 *
 * @param computed the papers of this build
 * @param paper the one that a page is of, where it is known
 */
export const notComputed = (computed: readonly string[], paper?: string): PaperError =>
  new PaperError(
    'NotComputed',
    `this build computed ${paper === undefined ? 'no paper' : `nothing for '${paper}'`}.`,
    {
      details: [`expected what its own process computed; received ${computed.join(', ') || 'nothing'}`],
      hint: 'pages print what their own build computed: use `npm run build` or `npm run dev`, not Astro alone.',
    },
  );
