import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { digestOf, digestOfFile, type Pipeline } from '../engine/index.ts';
import type { Rerunning } from '../recompute/index.ts';
import { readSiteAddress } from '../site/site-address.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import { historyEdge } from './changes-of.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { filesBelow } from './files-below.ts';
import { readKept, writeKept } from './kept-record.ts';
import { provenanceOf } from './provenance-of.ts';

/** What a rendered site was made from, and the digest of each of its files. */
const manifestSchema = z.strictObject({
  key: z.string(),
  /** Of files that its pages show or import, from beyond the project's sources, as they were read. */
  shown: z.record(z.string(), z.string()),
  /** Of what its authors wrote beside their results, as it was read. */
  content: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.string()),
});

type Manifest = Readonly<z.output<typeof manifestSchema>>;

export type SourceDigests = Readonly<Record<string, string>>;

const manifestFile = (root: string): string => join(root, '.paper', 'site', 'manifest.json');

/** What no page is made from: what is made here, and what tests. */
const besides = new Set(['.git', '.paper', '.astro', 'dist', 'node_modules', 'tests', 'test-results']);

/** The same within a paper's experiments: of published runs, the records that keys and provenance hold tell all. */
const besidesExperiments = /^\/experiments\/[^/]+\/(tests|published)$/;

/** @param root from which they are named */
const digestsOf = (root: string, files: readonly string[]): SourceDigests =>
  Object.fromEntries(files.map((path) => [path.slice(root.length), digestOfFile(path)]));

/**
 * All else of the project by content: a page may import from anywhere, and a tool of the site reads its settings where
 * it likes, so that a list of what counts would miss some of it.
 *
 * @param root of the project, from which they are named
 */
export const sourceDigests = (root: string): SourceDigests =>
  digestsOf(
    root,
    filesBelow(
      root,
      (path) =>
        (dirname(path) === root && besides.has(basename(path))) ||
        besidesExperiments.test(path.slice(root.length)),
    ),
  );

/** What authors wrote below a folder: what they accepted is written by commands. */
const writtenIn = (folder: string, sources: SourceDigests): SourceDigests =>
  Object.fromEntries(
    Object.entries(sources).filter(([path]) => path.startsWith(folder) && !path.endsWith('.lock.json')),
  );

/** Whether nothing of the project was edited since. */
export const sourcesAre = (root: string, sources: SourceDigests): boolean =>
  digestOf(sourceDigests(root)) === digestOf(sources);

/** What readers can run of a paper; the code of explorations is among the project's sources. */
export const readersRun = ({
  recomputable,
  rerun = [],
  explorations = {},
}: Pipeline & Rerunning): readonly unknown[] => [
  recomputable ?? null,
  rerun.map(({ name }) => name),
  Object.entries(explorations).map(([id, { sources }]) => [id, sources]),
];

/** Besides its results, what pages tell and offer of a paper. */
const publicOutputs = (root: string, computed: ComputedPaper): readonly unknown[] => {
  const { pipeline, figures } = computed.paper;
  return [
    Object.entries(pipeline.files).map(([path, { stage, output }]) => [path, stage.name, output]),
    pipeline.downloads ?? null,
    readersRun(pipeline),
    figures.map(({ id, spec }) => [id, spec]),
    // By way of JSON: what was recorded may have no canonical form, such as a field that is not set.
    JSON.parse(JSON.stringify(provenanceOf(root, computed))),
  ];
};

/** What dist is made from: by itself, and with the exports of papers beside their pages. */
export interface SiteKeys {
  readonly pages: string;
  readonly exported: string;
}

/**
 * All that decides what dist holds, but for files that its pages import from elsewhere.
 *
 * @param seen of the project and of what is installed, before anything of them was read
 */
export const siteKeys = (
  root: string,
  seen: { readonly sources: SourceDigests; readonly packages: string },
  computed: readonly ComputedPaper[],
  origin: SiteOrigin,
): SiteKeys => {
  const { base, origin: site } = readSiteAddress();
  const all = digestOf([
    // Code can tell where it stands.
    root,
    process.version,
    process.platform,
    process.arch,
    base,
    site ?? null,
    origin,
    historyEdge(root),
    process.env['NODE_ENV'] ?? null,
    seen,
    computed.map((one) => [dataDigest(one), ...publicOutputs(root, one)]),
  ]);
  return { pages: digestOf([all, 'pages']), exported: digestOf([all, 'pages', 'exports']) };
};

/**
 * Of the files that pages show or import, those that are neither among the project's sources nor made in the build.
 *
 * @param made the folder that the build works in, and throws away
 */
export const shownBesides = (
  root: string,
  sources: SourceDigests,
  made: string,
  shown: Manifest['shown'],
): Manifest['shown'] =>
  Object.fromEntries(
    Object.entries(shown).filter(
      ([path]) => !Object.hasOwn(sources, `/${path}`) && !join(root, path).startsWith(`${made}/`),
    ),
  );

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
  const manifest = readKept(manifestFile(root), manifestSchema);
  if (!manifest) return false;
  try {
    if (!keys.includes(manifest.key) || !shownIsFresh(root, manifest.shown)) return false;
    return digestOf(manifest.files) === digestOf(digestsBelow(dist));
  } catch {
    // A file that cannot be read: render.
    return false;
  }
};

/** Forgets what was recorded: the next build renders. */
export const forgetSite = (root: string): Promise<void> =>
  rm(manifestFile(root), { recursive: true, force: true });

/**
 * Records what was rendered.
 *
 * @param made the rendered folder, before or after it became dist
 * @param sources the project as it was read
 * @param shown what its pages show of the project's files, by digest
 */
export const recordSite = async (
  root: string,
  made: string,
  key: string,
  sources: SourceDigests,
  shown: Manifest['shown'],
): Promise<void> =>
  writeKept(manifestFile(root), {
    key,
    shown,
    content: writtenIn('/content/', sources),
    files: digestsBelow(made),
  } satisfies Manifest);

/**
 * What an author edited beside a paper's results since dist was rendered; undefined where nothing was, or where nothing
 * tells of what dist was rendered from.
 *
 * @returns a file, from the project's root
 */
export const editedSince = (root: string, paper: string): string | undefined => {
  const manifest = readKept(manifestFile(root), manifestSchema);
  if (!manifest) return undefined;
  const folder = `/content/${paper}/`;
  const today = digestsOf(root, filesBelow(join(root, 'content', paper)));
  const [before, now] = [manifest.content, today].map((of) => writtenIn(folder, of));
  const file = Object.keys({ ...before, ...now }).find((path) => before?.[path] !== now?.[path]);
  return file?.slice(1);
};
