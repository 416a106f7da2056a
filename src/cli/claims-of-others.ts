import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PaperError, positionAt } from '../engine/stage/index.ts';
import { filesBelow } from './files-below.ts';

/** Where a type is given to something, and not where a comment speaks of it. */
const claimsType = /(?::|\bsatisfies)\s*ClaimsOf<\s*['"]([^'"]+)['"]\s*>/g;

/**
 * Claims that are typed by the names of another paper, such as copied ones: TypeScript cannot know whose they are. Faults:
 * BadType
 */
export const claimsOfOthers = (root: string, papers: readonly string[]): readonly PaperError[] =>
  papers.flatMap((paper) => {
    const folder = join(root, 'content', paper);
    const files = [join(folder, 'claims.ts'), ...filesBelow(join(folder, 'claims'))];
    return files
      .filter((path) => path.endsWith('.ts') && existsSync(path))
      .flatMap((path) => {
        const text = readFileSync(path, 'utf8');
        return [...text.matchAll(claimsType)]
          .filter(([, of]) => of !== paper)
          .map(
            ({ 1: of, index }) =>
              new PaperError('BadType', `the claims of ${paper} are typed by the results of another paper.`, {
                where: positionAt(relative(root, path), text, index + 1),
                details: [`expected ClaimsOf<'${paper}'>; received ClaimsOf<'${of}'>`],
                hint: `write \`ClaimsOf<'${paper}'>\` there.`,
              }),
          );
      });
  });
