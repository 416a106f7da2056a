/** The pages of a paper as files of its folder: `index.mdx` is the paper, each other with a frontmatter a page below it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { readAuthorText } from './author-text.ts';
import { hasFrontmatter, pageOrder } from './page-frontmatter.ts';
import { mainPage } from './page-path.ts';

/** From the project's root. */
export const pageFile = (paper: string, page: string): string => join('content', paper, `${page}.mdx`);

/** Below a paper's address, what the build itself puts there. */
export const generatedNames: readonly string[] = [
  'changes',
  'claims',
  'explorations',
  'figures',
  'recompute',
  'source',
  'tables',
  'values',
];

/** The same, of single files. */
export const generatedFiles: readonly string[] = [
  'CITATION.cff',
  'card.png',
  'index.html',
  'provenance.json',
  'results.json',
  'ro-crate-metadata.json',
  'values.json',
];

interface MdxFile {
  readonly name: string;
  readonly text: string;
}

const mdxFiles = (root: string, paper: string): readonly MdxFile[] =>
  readdirSync(join(root, 'content', paper))
    .filter((file) => file.endsWith('.mdx') && !file.startsWith('.'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.mdx'.length);
      return { name, text: readAuthorText(join(root, pageFile(paper, name)), pageFile(paper, name)) };
    });

const importedIn = (files: readonly MdxFile[]): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(/(?:from|import)\s*\(?["']\.\/([^"']+)\.mdx["']/g)].map(([, name = '']) => name),
    ),
  );

/** What an address of a page may be made from. */
const isPageName = (name: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);

const slugOf = (name: string): string =>
  name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'page';

const faultOf = (paper: string, { name, text }: MdxFile, imported: ReadonlySet<string>) => {
  const where = { file: pageFile(paper, name) };
  if (!hasFrontmatter(text))
    return imported.has(name)
      ? undefined
      : new PaperError('PageWithoutTitle', `'${name}.mdx' has no title, and no page imports it.`, {
          where,
          details: ['expected a page of the paper, or a part that another page imports'],
          hint: `for a page, begin the file with \`---\`, a line \`title: …\` and \`---\`; for a part, import it: \`import Part from './${name}.mdx'\`.`,
        });
  if (generatedNames.includes(name))
    return new PaperError('PageNameTaken', `the build itself makes '${paper}/${name}/'.`, {
      where,
      details: [`taken are ${generatedNames.join(', ')}`],
      hint: `give the file another name: \`git mv ${where.file} ${pageFile(paper, `${name}-notes`)}\`.`,
    });
  return isPageName(name)
    ? undefined
    : new PaperError('BadPageName', `'${name}' cannot be the address of a page.`, {
        where,
        details: ['expected small letters and digits, with single hyphens between them'],
        hint: `give the file another name: \`git mv '${where.file}' ${pageFile(paper, slugOf(name))}\`.`,
      });
};

/**
 * Names of a paper's pages in their order: the paper itself, those that its frontmatter lists in `pages`, all others by
 * their names. A file without a frontmatter is a part of the page that imports it.
 *
 * @throws NotUtf8
 */
export const pagesOfPaper = (root: string, paper: string): readonly string[] => {
  const files = mdxFiles(root, paper);
  const further = files
    .filter(({ name, text }) => name !== mainPage && hasFrontmatter(text))
    .map(({ name }) => name);
  const listed = pageOrder(files.find(({ name }) => name === mainPage)?.text ?? '');
  return [
    mainPage,
    ...listed.filter((name, at) => further.includes(name) && listed.indexOf(name) === at),
    ...further.filter((name) => !listed.includes(name)),
  ];
};

/** Plain Markdown is read by nobody. */
const markdownFaults = (root: string, paper: string): readonly PaperError[] =>
  readdirSync(join(root, 'content', paper))
    .filter((file) => /\.(?:md|markdown)$/i.test(file) && !/^(?:\.|README\b)/i.test(file))
    .map((file) => {
      const there = join('content', paper, file);
      const page = pageFile(paper, slugOf(file.replace(/\.[^.]+$/, '')));
      return new PaperError('UnreadPage', `'${file}' is read by nothing: a page is a file of MDX.`, {
        where: { file: there },
        hint: `give it that ending: \`git mv '${there}' ${page}\`.`,
      });
    });

/** What is wrong with the names of a paper's files. Errors: PageWithoutTitle, PageNameTaken, BadPageName, UnreadPage */
export const pageNameFaults = (root: string, paper: string): readonly PaperError[] => {
  const files = mdxFiles(root, paper);
  const imported = importedIn(files);
  return [
    ...files.filter(({ name }) => name !== mainPage).flatMap((file) => faultOf(paper, file, imported) ?? []),
    ...markdownFaults(root, paper),
  ];
};
