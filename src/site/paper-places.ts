import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAuthorText } from './author-text.ts';
import { type NamedPlace, namedPlaces } from './markdown/named-places.ts';
import { pageFile, pagesOfPaper } from './page-files.ts';
import { mainPage } from './page-path.ts';

/** A place of a paper's text, with the file that it stands in. */
export interface PaperPlace extends NamedPlace {
  readonly file: string;
}

/** Where the pages of a paper name results, page by page; none of a paper without a page. @throws NotUtf8 */
export const placesOfPaper = (root: string, paper: string): readonly PaperPlace[] => {
  if (!existsSync(join(root, pageFile(paper, mainPage)))) return [];
  return pagesOfPaper(root, paper).flatMap((page) => {
    const file = pageFile(paper, page);
    return namedPlaces(readAuthorText(join(root, file), file)).map((place) => ({ ...place, file }));
  });
};
