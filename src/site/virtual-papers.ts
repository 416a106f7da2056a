import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { PaperError } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { checkFrontmatter } from './check-frontmatter.ts';
import { handedPapers } from './handed-papers.ts';
import { overlayError } from './markdown/faults.ts';
import { sourcesNamedIn } from './markdown/include-sources.ts';
import { notComputed } from './not-computed.ts';
import { pageFile, pageNameFaults, pagesOfPaper } from './page-files.ts';
import { mainPage } from './page-path.ts';
import type { SiteBuild } from './site-build.ts';

/** What a site puts in the place of the integration's own, as absolute paths. */
export interface Replacements {
  readonly components: string | undefined;
  readonly styles: readonly string[];
}

const pagePath = /\/content\/([^/]+)\/([^/]+)\.mdx$/;

const quoted = (value: unknown): string => JSON.stringify(value);

const papersModule = (build: SiteBuild): string => `
const { papers, origin } = ${handedPapers(build)};
export { origin };
export const paperIds = [...papers.keys()];
export const givenPaper = (id) => papers.get(id);
export const paperData = (id) => papers.get(id).data;
`;

const pagesModule = (root: string, { papers }: SiteBuild): string => {
  const found = [...papers.keys()].flatMap((paper) =>
    pagesOfPaper(root, paper).map((page) => ({ paper, page, path: join(root, pageFile(paper, page)) })),
  );
  const entries = found.map(({ paper, page }, at) => `[${quoted(paper)}, ${quoted(page)}, page${at}]`);
  return [
    ...found.map(({ path }, at) => `import * as page${at} from ${quoted(path)};`),
    `const found = [${entries.join(', ')}];`,
    `export const pages = Object.fromEntries(found.filter(([, page]) => page === ${quoted(mainPage)}).map(([paper, , of]) => [paper, of]));`,
    'export const pagesOf = (id) =>',
    '  found.filter(([paper]) => paper === id).map(([, name, page]) => ({ name, page }));',
  ].join('\n');
};

/** @throws PageWithoutTitle, PageNameTaken, BadPageName: as a dev server shows them, and noted for a build */
const requireNames = (root: string, { papers, faults }: SiteBuild): void => {
  for (const paper of papers.keys()) {
    const [fault] = pageNameFaults(root, paper);
    const file = fault?.where?.file;
    if (!fault || file === undefined) continue;
    faults.set(file, fault);
    throw overlayError(root, fault);
  }
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
  /** The list of pages that was given. */
  let listed = '';
  const sources: Readonly<Record<string, () => string>> = {
    'virtual:papers': () => {
      const given = requireBuild();
      printed = given.revision;
      return papersModule(given);
    },
    'virtual:papers/pages': () => {
      const given = requireBuild();
      requireNames(root, given);
      listed = pagesModule(root, given);
      return listed;
    },
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
    // What was computed anew is told as a change of the page that prints it, and so is another list of pages; an edit of
    // prose reads no result again.
    hotUpdate({ file, modules }) {
      if (!build || !pagePath.test(file)) return undefined;
      const changed = [
        ...(build.revision === printed ? [] : ['virtual:papers']),
        ...(pagesModule(root, build) === listed ? [] : ['virtual:papers/pages']),
      ];
      const told = changed.flatMap((id) => this.environment.moduleGraph.getModuleById(`\0${id}`) ?? []);
      return told.length > 0 ? [...modules, ...told] : undefined;
    },
  };
};

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
    filter: { id: /\.mdx(?:\?|$)/ },
    handler: (id, importer) => {
      // Who else imports a page may do with its text what he likes.
      if (build && importer !== '\0virtual:papers/pages') build.plainText = false;
      return pagePath.test(id) && id.startsWith(join(root, 'content')) ? id : undefined;
    },
  },
  transform: {
    filter: { id: pagePath },
    handler(_, id) {
      const [, paper = '', page = ''] = pagePath.exec(id) ?? [];
      const [folder, file] = [join('content', paper), pageFile(paper, page)];
      this.addWatchFile(join(root, folder, 'references.bib'));
      for (const path of watchedWith(root, folder)) this.addWatchFile(path);
      build?.faults.delete(file);
      try {
        const code = readAuthorText(id, file);
        for (const path of sourcesNamedIn(code)) this.addWatchFile(join(root, path));
        checkFrontmatter(root, paper, page, code);
        return { code, map: null };
      } catch (error) {
        if (!(error instanceof PaperError)) throw error;
        build?.faults.set(file, error);
        throw overlayError(root, error);
      }
    },
  },
});
