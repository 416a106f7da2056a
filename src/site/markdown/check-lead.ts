import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import type { PageFrontmatter } from '../page-frontmatter.ts';
import type { KnownNames } from './check-names.ts';
import { reportFault, reporting } from './faults.ts';
import { authorError } from './jsx-node.ts';

/** What the head of a page names to stand for it must be there. Faults: UnknownClaim, UnknownFigure */
export const checkLead = (namesOf: (file: VFile) => KnownNames) => () => (tree: Root, file: VFile) => {
  const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: Partial<PageFrontmatter> };
  const { answer, leadFigure } = frontmatter ?? {};
  if (answer === undefined && leadFigure === undefined) return;
  const known = reporting(file, () => namesOf(file));
  if (!known) return;
  const check = (error: string, key: string, id: string | undefined, ids: readonly string[]): void => {
    if (id === undefined || ids.includes(id)) return;
    const what = error === 'UnknownClaim' ? 'claim' : 'figure';
    reportFault(
      file,
      authorError(
        error,
        `'${key}' in the frontmatter names '${id}', and there is no such ${what}.`,
        file,
        { ...tree, position: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } },
        ids.length === 0 ? `the paper has no ${what}: take the line out.` : nearestHint(id, ids),
      ),
    );
  };
  check('UnknownClaim', 'answer', answer, Object.keys(known.data.claims));
  check('UnknownFigure', 'leadFigure', leadFigure, known.figures);
};
