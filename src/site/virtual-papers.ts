import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { PaperError } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { overlayError } from './markdown/faults.ts';
import { sourcesNamedIn } from './markdown/include-sources.ts';
import { notComputed } from './not-computed.ts';
import { readFrontmatter } from './page-frontmatter.ts';
import type { SiteBuild } from './site-build.ts';

/** What a site puts in the place of the integration's own, as absolute paths. */
export interface Replacements {
  readonly components: string | undefined;
  readonly styles: readonly string[];
}

const quoted = (value: unknown): string => JSON.stringify(value);

/** By way of a string: an engine reads it several times faster than the literal. */
const papersModule = ({ papers, origin }: SiteBuild): string => `
const papers = new Map(JSON.parse(${quoted(quoted([...papers]))}));
export const origin = ${quoted(origin)};
export const paperIds = [...papers.keys()];
export const givenPaper = (id) => papers.get(id);
export const paperData = (id) => papers.get(id).data;
`;

const pagesModule = (root: string, { papers }: SiteBuild): string => {
  const ids = [...papers.keys()];
  return [
    ...ids.map((id, at) => `import * as page${at} from ${quoted(join(root, 'content', id, 'index.mdx'))};`),
    `export const pages = { ${ids.map((id, at) => `${quoted(id)}: page${at}`).join(', ')} };`,
  ].join('\n');
};

/**
 * The virtual modules: `virtual:papers` holds what this build computed, `virtual:papers/pages` the compiled pages,
 * `virtual:papers/replaced` the components and styles that the site has of its own.
 */
export const virtualPapers = (
  root: string,
  build: SiteBuild | undefined,
  { components, styles }: Replacements,
): Plugin => {
  const requireBuild = (): SiteBuild => {
    if (build) return build;
    throw overlayError(root, notComputed([]));
  };
  /** Which gift of papers the pages print. */
  let printed = 0;
  const sources: Readonly<Record<string, () => string>> = {
    'virtual:papers': () => {
      const given = requireBuild();
      printed = given.revision;
      return papersModule(given);
    },
    'virtual:papers/pages': () => pagesModule(root, requireBuild()),
    'virtual:papers/replaced': () =>
      [
        ...styles.map((path) => `import ${quoted(path)};`),
        components === undefined
          ? 'export const components = {};'
          : `export * as components from ${quoted(components)};`,
      ].join('\n'),
  };
  return {
    name: 'reproducible-paper:papers',
    resolveId: (id) => (Object.hasOwn(sources, id) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith('\0') ? sources[id.slice(1)]?.() : undefined),
    // What was computed anew is told as a change of the page that prints it; an edit of prose reads no result again.
    hotUpdate({ file, modules }) {
      if (build?.revision === printed || !/\/content\/[^/]+\/index\.mdx$/.test(file)) return undefined;
      const data = this.environment.moduleGraph.getModuleById('\0virtual:papers');
      return data ? [...modules, data] : modules;
    },
  };
};

const pagePath = /\/content\/([^/]+)\/index\.mdx$/;

/** What a page is compiled with besides its text, and where links lead: an edit of any of it compiles the page again. */
const watchedWith = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => /\.(?:bib|csl|mdx)$/.test(name))
    .flatMap((name) => {
      const path = join(root, folder, name);
      const real = existsSync(path) ? realpathSync(path) : path;
      return real === path ? [path] : [path, real];
    });

/**
 * Before a page is compiled: its bytes are read as text, its frontmatter is checked, and what it is compiled with is
 * watched. A page keeps the name that it has in the project, also where a link leads to it.
 *
 * @throws BadFrontmatter, NotUtf8
 */
export const pageSources = (root: string, build: SiteBuild | undefined): Plugin => ({
  name: 'reproducible-paper:pages',
  enforce: 'pre',
  resolveId: {
    filter: { id: pagePath },
    handler: (id) => (id.startsWith(join(root, 'content')) ? id : undefined),
  },
  transform: {
    filter: { id: pagePath },
    handler(_, id) {
      const paper = pagePath.exec(id)?.[1] ?? '';
      const folder = join('content', paper);
      this.addWatchFile(join(root, folder, 'references.bib'));
      for (const path of watchedWith(root, folder)) this.addWatchFile(path);
      build?.faults.delete(paper);
      try {
        const code = readAuthorText(id, join(folder, 'index.mdx'));
        for (const path of sourcesNamedIn(code)) this.addWatchFile(join(root, path));
        readFrontmatter(code, join(folder, 'index.mdx'));
        return { code, map: null };
      } catch (error) {
        if (!(error instanceof PaperError)) throw error;
        build?.faults.set(paper, error);
        throw overlayError(root, error);
      }
    },
  },
});
