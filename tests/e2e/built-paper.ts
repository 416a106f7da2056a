import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Format } from './printed-number.ts';

/** What a built paper publishes of its results. */
export interface Results {
  readonly profile: string;
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly columns: readonly {
          readonly id: string;
          readonly format?: Format;
          readonly words?: Readonly<Record<string, string>>;
          readonly beside?: unknown;
        }[];
        readonly keys: readonly string[];
        readonly rows: readonly Readonly<Record<string, number | string | null>>[];
        readonly headline?: 'mean' | 'first';
        readonly replicates?: readonly {
          readonly seed: number;
          readonly rows: readonly Readonly<Record<string, number | string | null>>[];
        }[];
      }
    >
  >;
  readonly values: Readonly<
    Record<string, { readonly value: number | string; readonly format?: Format; readonly shown?: string }>
  >;
  readonly claims: Readonly<
    Record<
      string,
      { readonly verdict: string; readonly sentence: string | null; readonly original: string | null }
    >
  >;
}

const dist = 'dist';

/** The papers that were built, whichever they are. */
export const builtPapers: readonly string[] = readdirSync(dist)
  .filter((name) => existsSync(join(dist, name, 'results.json')))
  .toSorted();

const read = new Map<string, Results>();

/** Tens of megabytes: read once a process. */
export const resultsOf = (paper: string): Results => {
  const known = read.get(paper);
  if (known) return known;
  const results = JSON.parse(readFileSync(join(dist, paper, 'results.json'), 'utf8')) as Results;
  read.set(paper, results);
  return results;
};

/** Addresses of a paper's pages: its own, then those of its further pages. */
export const addressesOf = (paper: string): readonly string[] => [
  `/${paper}/`,
  ...readdirSync(join(dist, paper), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, page: join(dist, paper, name, 'index.html') }))
    .filter(({ page }) => existsSync(page) && readFileSync(page, 'utf8').includes('<article class="paper">'))
    .map(({ name }) => `/${paper}/${name}/`)
    .toSorted(),
];

/** The page of its first figure, where it has one. */
const figureOf = (paper: string): readonly string[] => {
  const figures = join(dist, paper, 'figures');
  if (!existsSync(figures)) return [];
  return readdirSync(figures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `/${paper}/figures/${name}/`)
    .toSorted()
    .slice(0, 1);
};

/** Addresses of a paper's pages, with one of each kind that the site makes of its results: the list of its tables
 * and its widest one among them. */
export const kindsOf = (paper: string): readonly string[] => {
  const [widest] = Object.entries(resultsOf(paper).tables).toSorted(
    ([, a], [, b]) => b.columns.length - a.columns.length,
  );
  const tables = widest ? [`/${paper}/tables/`, `/${paper}/tables/${widest[0]}/`] : [];
  return [...addressesOf(paper), `/${paper}/claims/`, `/${paper}/changes/`, ...tables, ...figureOf(paper)];
};

/** Addresses of pages that stand behind a paper's numbers: its values, its stages, and a file of their code. */
export const backingOf = (paper: string): readonly string[] => {
  const source = join(dist, paper, 'source');
  const [file] = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('/index.html'))
    .toSorted();
  const values = existsSync(join(dist, paper, 'values')) ? [`/${paper}/values/`] : [];
  return [...values, `/${paper}/source/`, `/${paper}/source/${file?.replace('index.html', '')}`];
};

/** Pages of the site that are no paper's. */
export const siteAddresses: readonly string[] = ['/', '/how-this-site-knows/'];

export const markupOf = (address: string): string => readFileSync(join(dist, address, 'index.html'), 'utf8');

/** The first page of papers that were built whose markup has it: what papers have is their authors' matter. */
export const pageWith = (markup: RegExp): string | undefined =>
  builtPapers.flatMap(addressesOf).find((address) => markup.test(markupOf(address)));

/** A page as it was built, for what its markup says: none of its styles, scripts and fonts is loaded. */
export const openMarkup = (page: Page, address: string): Promise<void> =>
  page.setContent(markupOf(address), { waitUntil: 'domcontentloaded' });
