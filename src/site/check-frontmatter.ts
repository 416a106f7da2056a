import { join } from 'node:path';
import { readAuthorText } from './author-text.ts';
import { pageFile } from './page-files.ts';
import {
  type FurtherFrontmatter,
  hasFrontmatter,
  type PageFrontmatter,
  readFrontmatter,
  readFurtherFrontmatter,
} from './page-frontmatter.ts';
import { mainPage } from './page-path.ts';

/** The names with digits that a paper allows; undefined where its own page cannot tell. */
export const allowedBy = (root: string, paper: string): readonly string[] | undefined => {
  try {
    const file = pageFile(paper, mainPage);
    return readFrontmatter(readAuthorText(join(root, file), file), file).allow;
  } catch {
    return undefined;
  }
};

/**
 * The frontmatter of a page, by what it is: the paper itself, or a further page; undefined of a part.
 *
 * @throws BadFrontmatter, TypedDigit
 */
export const checkFrontmatter = (
  root: string,
  paper: string,
  page: string,
  text: string,
): PageFrontmatter | FurtherFrontmatter | undefined => {
  const file = pageFile(paper, page);
  if (page === mainPage) return readFrontmatter(text, file);
  return hasFrontmatter(text) ? readFurtherFrontmatter(text, file, allowedBy(root, paper) ?? []) : undefined;
};
