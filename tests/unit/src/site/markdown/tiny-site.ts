import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@mdx-js/mdx';
import { VFile } from 'vfile';
import { formatError } from '../../../../../src/engine/stage/paper-error.ts';
import type { DrawnFigure } from '../../../../../src/figures/draw-figure.ts';
import type { ClaimResult, PaperData } from '../../../../../src/results/paper-data.ts';
import { presentTable } from '../../../../../src/results/present-table.ts';
import { noPresentation } from '../../../../../src/results/presentation.ts';
import type { Table } from '../../../../../src/results/result-schema.ts';
import { markdownPlugins } from '../../../../../src/site/markdown/markdown-plugins.ts';
import { readFrontmatter } from '../../../../../src/site/page-frontmatter.ts';
import { createSiteBuild } from '../../../../../src/site/site-build.ts';

const lengths: Table = {
  kind: 'table',
  id: 'lengths',
  run: null,
  columns: [
    { id: 'layer', unit: null },
    { id: 'size', unit: '1' },
  ],
  replicates: [{ seed: null, rows: [{ layer: 0, size: 1.5 }] }],
};

const origin = { key: 'k', stages: ['lengths'] };

const data: PaperData = {
  paper: 'tiny',
  profile: 'quick',
  backend: {},
  tables: {
    lengths: {
      ...lengths,
      ...origin,
      presentation: presentTable(lengths, noPresentation, 'content/tiny/tables.ts'),
      reported: {
        columns: [{ id: 'layer', label: 'layer', unit: null }],
        rows: [{ layer: 0, size: '1.54' }],
      },
    },
  },
  series: {
    'loss-curves': {
      kind: 'series',
      id: 'loss-curves',
      columns: ['run', 'text', 'step', 'loss'].map((id) => ({ id, unit: null })),
      replicates: [
        {
          seed: null,
          rows: [
            { run: 'v1', text: 'training', step: 1, loss: 2 },
            { run: 'v1', text: 'held out', step: 1, loss: 2.5 },
            { run: 'ct-sft', text: 'training', step: 1, loss: 1 },
          ],
        },
      ],
      ...origin,
    },
  },
  values: {
    'lengths.size.mean': { value: 1.5, unit: '1', format: { style: 'fixed', digits: 2 }, ...origin },
  },
  claims: {
    'size-is-positive': {
      predicate: 'the size is above zero',
      evidence: '1.5 against 0',
      margin: 1.5,
      unit: 'sizes',
      noise: 0,
      verdict: 'holds',
      power: null,
      readings: [],
      reported: [],
      original: null,
      reads: ['lengths'],
      cells: [],
      key: 'k',
    },
  },
  statements: [],
};

const bibliography =
  '@book{knuth1984,\n  author = {Knuth, Donald E.},\n  title = {The {TeX}book},\n  year = {1984}\n}\n';

const frontmatter = '---\ntitle: Tiny\nsummary: A page.\nauthors: [A]\n---\n';

/**
 * Compiles a page of a paper of one table, one value and one claim, by the site's own plugins; the site has a component
 * of its own, Mine.
 *
 * @param page without frontmatter of its own it gets the least one, which moves no line
 * @param claims what becomes of the claims
 */
export const compilePage = async (
  page: string,
  { references = bibliography, claims = {} }: { references?: string; claims?: Partial<ClaimResult> } = {},
) => {
  const root = mkdtempSync(join(tmpdir(), 'tiny-site-'));
  try {
    mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
    writeFileSync(join(root, 'content', 'tiny', 'references.bib'), references);
    const claim = { ...data.claims['size-is-positive']!, ...claims };
    const build = createSiteBuild([
      {
        data: { ...data, claims: { 'size-is-positive': claim } },
        figures: { 'loss-curves': {} as DrawnFigure },
        downloads: [],
        stages: {},
        explorations: { sizes: null },
      },
    ]);
    build.ownComponents = 'export { Mine }';
    const head = /^---\n[\s\S]*?\n---\n/.exec(page)?.[0] ?? '';
    const file = new VFile({
      path: join(root, 'content', 'tiny', 'index.mdx'),
      // Blank lines in place of the frontmatter keep every position right.
      value: head.replace(/[^\n]/g, '') + page.slice(head.length),
      data: {
        astro: { frontmatter: readFrontmatter(head === '' ? frontmatter : head, 'content/tiny/index.mdx') },
      },
    });
    const { remarkPlugins, rehypePlugins } = markdownPlugins(root, build);
    const code = await compile(file, { remarkPlugins, rehypePlugins, jsx: true }).then(
      String,
      (error: unknown) => {
        if (build.faults.size === 0) throw error;
      },
    );
    return {
      code,
      page: build.pages.get(file.path.slice(root.length + 1)),
      fault: [...build.faults.values()][0],
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

/** The whole text of the error that an author would read; `fine` if there is none. */
export const checkPage = async (...page: Parameters<typeof compilePage>): Promise<string> => {
  const { fault } = await compilePage(...page);
  return fault ? formatError(fault) : 'fine';
};
