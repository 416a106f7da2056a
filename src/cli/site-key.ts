import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { digestOf, digestOfFile } from '../engine/index.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { filesBelow } from './files-below.ts';

/** What a rendered site was made from, and the digest of each of its files. */
interface Manifest {
  readonly key: string;
  /** Of files that its pages show, wherever they stand, as they were read. */
  readonly shown: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

export type SourceDigests = Readonly<Record<string, string>>;

const manifestFile = (root: string): string => join(root, '.paper', 'site', 'manifest.json');

/** What no page is made from: what is made here, what tests, and stages' code and data, which their keys hold. */
const besides = new Set([
  '.git',
  '.paper',
  '.astro',
  'dist',
  'node_modules',
  'experiments',
  'tests',
  'test-results',
]);

/**
 * All else of the project by content: a page may import from anywhere, and a tool of the site reads its settings where
 * it likes, so that a list of what counts would miss some of it.
 *
 * @param root of the project, from which they are named
 */
export const sourceDigests = (root: string): SourceDigests =>
  Object.fromEntries(
    filesBelow(root, (path) => dirname(path) === root && besides.has(basename(path))).map((path) => [
      path.slice(root.length),
      digestOfFile(path),
    ]),
  );

/** Whether nothing of the project was edited since. */
export const sourcesAre = (root: string, sources: SourceDigests): boolean =>
  digestOf(sourceDigests(root)) === digestOf(sources);

/** Besides its results, what pages tell and offer of a paper; a key says all that is in its record. */
const publicOutputs = ({ paper: { pipeline }, finished }: ComputedPaper): readonly unknown[] => [
  Object.entries(pipeline.files).map(([path, { stage, output }]) => [path, stage.name, output]),
  pipeline.recomputable ?? null,
  Object.entries(pipeline.explorations ?? {}).map(([id, { sources }]) => [id, sources]),
  [...finished.values()].map(({ stage, key, entry, published }) =>
    // By way of JSON: what was recorded may have no canonical form, such as a field that is not set.
    JSON.parse(JSON.stringify([stage.name, key, entry, published ?? null])),
  ),
];

/**
 * All that decides what dist holds.
 *
 * @param seen of the project and of what is installed, before anything of them was read
 * @param exported whether papers have their exports beside them
 */
export const siteKey = (
  seen: { readonly sources: SourceDigests; readonly packages: string },
  computed: readonly ComputedPaper[],
  origin: SiteOrigin,
  exported: boolean,
): string =>
  digestOf([
    process.version,
    process.platform,
    process.arch,
    process.env['PAPER_BASE'] ?? null,
    process.env['PAPER_SITE'] ?? null,
    origin,
    process.env['NODE_ENV'] ?? null,
    seen,
    exported,
    computed.map((one) => [dataDigest(one), ...publicOutputs(one)]),
  ]);

const digestsBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(filesBelow(folder).map((path) => [path.slice(folder.length + 1), digestOfFile(path)]));

/** Whether files that pages show are what they were. */
const shownIsFresh = (root: string, shown: Manifest['shown']): boolean =>
  Object.entries(shown).every(([path, digest]) => digestOfFile(join(root, path)) === digest);

/**
 * Whether dist is what one of these keys renders to: every file as it was written, none gone, none added, and what its
 * pages show of the project as it was.
 */
export const siteIsFresh = async (root: string, dist: string, keys: readonly string[]): Promise<boolean> => {
  try {
    const manifest = JSON.parse(await readFile(manifestFile(root), 'utf8')) as Manifest;
    if (!keys.includes(manifest.key) || !shownIsFresh(root, manifest.shown)) return false;
    return digestOf(manifest.files) === digestOf(digestsBelow(dist));
  } catch {
    // No manifest, a damaged one, a file that cannot be read: render.
    return false;
  }
};

/** Forgets what was recorded: the next build renders. */
export const forgetSite = (root: string): Promise<void> => rm(manifestFile(root), { force: true });

/**
 * Records what was rendered.
 *
 * @param made the rendered folder, before or after it became dist
 * @param shown what its pages show of the project's files, by digest
 */
export const recordSite = async (
  root: string,
  made: string,
  key: string,
  shown: Manifest['shown'],
): Promise<void> => {
  const file = manifestFile(root);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    `${file}.${process.pid}`,
    JSON.stringify({ key, shown, files: digestsBelow(made) } satisfies Manifest),
  );
  await rename(`${file}.${process.pid}`, file);
};
