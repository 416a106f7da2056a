/** The site as one Astro integration: pages from `content/<paper>/*.mdx`, their checks, their styles and routes. */
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import type { AstroIntegration } from 'astro';
import { PaperError } from '../engine/stage/index.ts';
import { markdownPlugins } from './markdown/markdown-plugins.ts';
import { notComputed } from './not-computed.ts';
import { putsOutPlainText } from './plain-text.ts';
import { readModules } from './read-modules.ts';
import { refuseUnkeyed } from './refuse-unkeyed.ts';
import { readSiteAddress } from './site-address.ts';
import { type SiteBuild, siteBuildAmong } from './site-build.ts';
import { pageSources, virtualPapers } from './virtual-papers.ts';

export interface PaperOptions {
  /**
   * A module, from the project's root, whose exports stand in the place of the components of their names:
   * `export { default as Claim } from './Claim.astro'`.
   */
  readonly components?: string;
  /** Style sheets, from the project's root, that come after the site's own. */
  readonly styles?: readonly string[];
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Pattern -> the file that answers it. */
const routes: Readonly<Record<string, string>> = {
  '/': 'home.astro',
  '/how-this-site-knows': 'how-this-site-knows.astro',
  '/[paper]': 'paper.astro',
  '/[paper]/[page]': 'further-page.astro',
  '/[paper]/claims': 'claims.astro',
  '/[paper]/changes': 'changes.astro',
  '/[paper]/source': 'source.astro',
  '/[paper]/source/[...file]': 'source-file.astro',
  '/[paper]/values': 'values.astro',
  '/[paper]/values.json': 'values-json.ts',
  '/[paper]/tables': 'tables.astro',
  '/[paper]/tables/[id]': 'table.astro',
  '/[paper]/tables/[id].csv': 'table-csv.ts',
  '/[paper]/tables/[id].json': 'table-json.ts',
  '/[paper]/tables/[id].seeds.csv': 'table-seeds-csv.ts',
  '/[paper]/figures/[id]': 'figure.astro',
  '/[paper]/figures/[id].csv': 'figure-csv.ts',
  '/[paper]/figures/[id].json': 'figure-json.ts',
  '/[paper]/figures/[id].svg': 'figure-drawing.ts',
};

/** What holds whole addresses, and so asks that the site knows its own. */
const addressed: Readonly<Record<string, string>> = { '/sitemap.xml': 'sitemap.ts', '/feed.xml': 'feed.ts' };

/** @throws BadSiteOption for a file that is not there */
const fileOf = (root: string, option: string, path: string): string => {
  const file = join(root, path);
  if (existsSync(file)) return file;
  throw new PaperError(
    'BadSiteOption',
    `paper() was given a file for '${option}' that is not there: ${path}.`,
    {
      where: { file: 'astro.config.mjs' },
      hint: 'paths begin at the root of the project: correct it, or leave the option out.',
    },
  );
};

/** The integration: `integrations: [paper()]` in `astro.config.mjs` is all that a project's configuration needs. */
export const paper = ({ components, styles = [] }: PaperOptions = {}): AstroIntegration => {
  let build: SiteBuild | undefined;
  return {
    name: 'reproducible-paper',
    hooks: {
      'astro:config:setup': ({ config, command, updateConfig, injectRoute, injectScript }) => {
        const root = fileURLToPath(config.root);
        build = siteBuildAmong(config.vite.plugins);
        const { base, origin: site } = readSiteAddress(process.env, config);
        const replaced = components === undefined ? undefined : fileOf(root, 'components', components);
        if (build) {
          build.base = base;
          build.plainText = putsOutPlainText(config, components);
          build.ownComponents = replaced === undefined ? '' : readFileSync(replaced, 'utf8');
        }
        for (const [pattern, file] of Object.entries({ ...routes, ...(site ? addressed : {}) })) {
          injectRoute({ pattern, entrypoint: here(`routes/${file}`), prerender: true });
        }
        if (command === 'dev')
          injectScript('page', `import ${JSON.stringify(here('client/progress-note.ts'))};`);
        updateConfig({
          base,
          ...(site ? { site } : {}),
          // The new default eats spaces between inline elements.
          compressHTML: true,
          devToolbar: { enabled: false },
          integrations: [mdx({ optimize: false })],
          markdown: {
            syntaxHighlight: false,
            // What counts as Markdown is among the plugins, which a check reads pages by as well.
            processor: unified({ gfm: false, smartypants: false, ...markdownPlugins(root, build) }),
          },
          vite: {
            build: { assetsInlineLimit: 0 },
            // Of a build beside a server of drafts: its pages are no drafts.
            server: { watch: { ignored: (path: string) => path.startsWith(join(root, '.paper', sep)) } },
            plugins: [
              pageSources(root, build),
              refuseUnkeyed(root, build),
              readModules(root, build),
              virtualPapers(root, build, {
                components: replaced,
                styles: styles.map((path) => fileOf(root, 'styles', path)),
              }),
            ],
          },
        });
      },
      'astro:build:start': () => {
        if (!build) throw notComputed([]);
      },
    },
  };
};
