import type { GivenPaper, SiteBuild } from './site-build.ts';
import type { SiteOrigin } from './site-origin.ts';

/** What pages print of a build. */
interface Handed {
  readonly papers: ReadonlyMap<string, GivenPaper>;
  readonly origin: SiteOrigin;
}

const place = '__reproduciblePaperHanded';

/** The process's own memory, where the modules of its pages find what it computed. */
const memory = globalThis as { [place]?: Map<number, Handed> };
memory[place] ??= new Map();

const numbers = new WeakMap<SiteBuild, number>();

/**
 * Hands what a build was given to the pages that this process renders. As the text of a module, a paper's numbers would
 * be parsed, mapped and kept half a dozen times over.
 *
 * @returns an expression for it, in a module that this process runs
 */
export const handedPapers = (build: SiteBuild): string => {
  const handed = memory[place] ?? new Map<number, Handed>();
  const number = numbers.get(build) ?? handed.size;
  numbers.set(build, number);
  // By way of JSON: what pages get is data, and no page can change what another one prints of it.
  const papers = new Map<string, GivenPaper>(JSON.parse(JSON.stringify([...build.papers])));
  handed.set(number, { papers, origin: build.origin });
  return `globalThis.${place}.get(${number})`;
};
