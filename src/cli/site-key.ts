import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { digestOf } from '../engine/index.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import type { ComputedPaper } from './compute-paper.ts';
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
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    ]),
  );

/**
 * A paper's experiments, or the project itself, as a package among the others: neither was installed, and what counts
 * of them is told above.
 */
const isOfProject = (root: string, path: string): boolean => {
  if (dirname(path) !== join(root, 'node_modules') || !existsSync(path)) return false;
  const [real, project] = [realpathSync(path), realpathSync(root)];
  return real === project || (real.startsWith(`${project}/`) && !real.includes('/node_modules/'));
};

/**
 * Installed packages, by size and time of change: to read them all takes longer than to render. So a new install
 * renders again although nothing differs, and an edit in place always does.
 */
const packageStates = (root: string): string => {
  const hash = createHash('sha256');
  const skip = (at: string): boolean => /\/\.(astro|vite|cache)/.test(at) || isOfProject(root, at);
  for (const path of filesBelow(join(root, 'node_modules'), skip)) {
    const { size, ctimeMs } = statSync(path);
    hash.update(`${path}\0${size}\0${ctimeMs}\n`);
  }
  return hash.digest('hex');
};

/**
 * All that decides what dist holds.
 *
 * @param sources taken before anything of them was read
 * @param exported whether papers have their exports beside them
 */
export const siteKey = (
  root: string,
  sources: SourceDigests,
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
    sources,
    packageStates(root),
    exported,
    computed.map(({ data, finished, paper }) => [
      createHash('sha256').update(JSON.stringify(data)).digest('hex'),
      Object.entries(paper.pipeline.files).map(([path, { stage, output }]) => [path, stage.name, output]),
      paper.pipeline.recomputable ?? null,
      Object.entries(paper.pipeline.explorations ?? {}).map(([id, { sources }]) => [id, sources]),
      [...finished.values()].map(({ stage, key, record, entry, published }) =>
        // By way of JSON: a record may hold what has no canonical form, such as a field that is not set.
        JSON.parse(JSON.stringify([stage.name, key, record, entry, published ?? null])),
      ),
    ]),
  ]);

const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

const digestsBelow = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const digests: Record<string, string> = {};
  for (const path of filesBelow(folder)) digests[path.slice(folder.length + 1)] = await fileDigest(path);
  return digests;
};

/** Whether files that pages show are what they were. */
const shownIsFresh = async (root: string, shown: Manifest['shown']): Promise<boolean> => {
  for (const [path, digest] of Object.entries(shown)) {
    if ((await fileDigest(join(root, path))) !== digest) return false;
  }
  return true;
};

/**
 * Whether dist is what one of these keys renders to: every file as it was written, none gone, none added, and what its
 * pages show of the project as it was.
 */
export const siteIsFresh = async (root: string, dist: string, keys: readonly string[]): Promise<boolean> => {
  try {
    const manifest = JSON.parse(await readFile(manifestFile(root), 'utf8')) as Manifest;
    if (!keys.includes(manifest.key) || !(await shownIsFresh(root, manifest.shown))) return false;
    return digestOf(manifest.files) === digestOf(await digestsBelow(dist));
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
    JSON.stringify({ key, shown, files: await digestsBelow(made) } satisfies Manifest),
  );
  await rename(`${file}.${process.pid}`, file);
};
