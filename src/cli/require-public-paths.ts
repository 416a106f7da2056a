import { PaperError, type Pipeline } from '../engine/stage/index.ts';
import { exportNames } from '../exports/export-names.ts';
import { generatedFiles, generatedNames, pagesOfPaper } from '../site/page-files.ts';
import { mainPage } from '../site/page-path.ts';

/** Segments of a path that means the same on every disk and in every address. */
const plainPath = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;

/** What the build itself puts below a paper's address: whole folders, and single files. */
const takenBy = (root: string, paper: string): { folders: readonly string[]; files: readonly string[] } => ({
  folders: generatedNames,
  files: [
    ...generatedFiles,
    ...Object.values(exportNames(paper)),
    ...pagesOfPaper(root, paper)
      .filter((page) => page !== mainPage)
      .map((page) => `${page}/index.html`),
  ],
});

/** Whether two files cannot stand beside each other: one is the other, or would have to be a folder for it. */
const collide = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

const renamed = (path: string): string => `data/${path.split('/').at(-1)}`;

/** @throws PublicPathTaken */
export const publicPathTaken = (paper: string, path: string, by: string): PaperError =>
  new PaperError('PublicPathTaken', `'${path}' cannot be published below ${paper}/: ${by} stands there.`, {
    where: { file: `experiments/${paper}/pipeline.ts` },
    hint: `publish it under another path: \`files: { '${renamed(path)}': … }\`.`,
  });

/**
 * Holds the paths of a paper's published files, and of its downloads, against what they may be: below the paper's folder,
 * and nothing that the build puts there itself. Disks that do not tell capitals apart hold the same site.
 *
 * @throws BadPublicPath, PublicPathTaken
 */
export const requirePublicPaths = (
  root: string,
  paper: string,
  { files, downloads = [] }: Pick<Pipeline, 'files' | 'downloads'>,
): void => {
  const paths = Object.keys(files);
  for (const path of [...paths, ...downloads.map((download) => download.path)]) {
    if (plainPath.test(path)) continue;
    throw new PaperError('BadPublicPath', `'${path}' is no path of a file below ${paper}/.`, {
      where: { file: `experiments/${paper}/pipeline.ts` },
      details: ['expected names of letters, digits, . _ and -, with single slashes between them'],
      hint: 'name it from the folder of the paper on, such as `data/cells.csv`.',
    });
  }
  const { folders, files: taken } = takenBy(root, paper);
  const seen: string[] = [];
  for (const path of paths) {
    const folded = path.toLowerCase();
    const folder = folders.find((name) => collide(folded, name));
    if (folder !== undefined) throw publicPathTaken(paper, path, `what the build puts into ${folder}/`);
    const file = taken.find((name) => collide(folded, name.toLowerCase()));
    if (file !== undefined) throw publicPathTaken(paper, path, `the build's own ${file}`);
    const other = seen.find((name) => collide(folded, name.toLowerCase()));
    if (other !== undefined) throw publicPathTaken(paper, path, `the published file ${other}`);
    seen.push(path);
  }
};
