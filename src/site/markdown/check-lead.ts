import { existsSync, readFileSync } from 'node:fs';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import { keyPlaceIn, type PageFrontmatter } from '../page-frontmatter.ts';
import { mainPage } from '../page-path.ts';
import type { KnownNames } from './check-names.ts';
import { reportFault, reporting } from './faults.ts';
import { authorError, pageOf, paperOf } from './jsx-node.ts';

const kinds: Readonly<Record<string, string>> = {
  UnknownClaim: 'claim',
  UnknownFigure: 'figure',
  UnknownPage: 'page',
};

/** What the head of a paper names to stand for it must be there. Faults: UnknownClaim, UnknownFigure, UnknownPage */
export const checkLead =
  (namesOf: (file: VFile) => KnownNames, pagesOf: (file: VFile) => readonly string[]) =>
  () =>
  (tree: Root, file: VFile) => {
    const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: Partial<PageFrontmatter> };
    const { answer, leadFigure, pages = [] } = frontmatter ?? {};
    // A further page has all this from its paper.
    if (pageOf(file) !== mainPage || (answer === undefined && leadFigure === undefined && pages.length === 0))
      return;
    const known = reporting(file, () => namesOf(file));
    if (!known) return;
    const text = existsSync(file.path) ? readFileSync(file.path, 'utf8') : '';
    const check = (error: string, key: string, id: string | undefined, ids: readonly string[]): void => {
      if (id === undefined || ids.includes(id)) return;
      const what = kinds[error] ?? '';
      reportFault(
        file,
        authorError(
          error,
          `'${key}' in the frontmatter names '${id}', and there is no such ${what}.`,
          file,
          { ...tree, position: { start: keyPlaceIn(text, key), end: keyPlaceIn(text, key) } },
          ids.length === 0
            ? error === 'UnknownPage'
              ? `write it: content/${paperOf(file)}/${id}.mdx, with a frontmatter of its own; or take the line out.`
              : `the paper has no ${what}: take the line out.`
            : nearestHint(id, ids),
        ),
      );
    };
    check('UnknownClaim', 'answer', answer, Object.keys(known.data.claims));
    check('UnknownFigure', 'leadFigure', leadFigure, known.figures);
    const further = pagesOf(file).slice(1);
    for (const page of pages) check('UnknownPage', 'pages', page, further);
  };
