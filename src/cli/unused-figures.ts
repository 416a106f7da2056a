import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { namedPlaces } from '../site/markdown/named-places.ts';
import type { Paper } from './load-paper.ts';

/**
 * Figures that a paper draws and its text does not show: each an UnusedFigure to warn of, since their data is published all
 * the same.
 */
export const unusedFigures = (
  root: string,
  { id, figures }: Pick<Paper, 'id' | 'figures'>,
): readonly PaperError[] => {
  const page = `content/${id}/index.mdx`;
  const path = join(root, page);
  if (!existsSync(path)) return [];
  const shown = new Set(
    namedPlaces(readFileSync(path, 'utf8'))
      .filter(({ component }) => component === 'Figure')
      .map((place) => place.id),
  );
  return figures
    .filter((figure) => !shown.has(figure.id))
    .map(
      (figure) =>
        new PaperError('UnusedFigure', `figure '${figure.id}' is drawn, and ${page} does not show it.`, {
          where: { file: figure.file },
          hint: `write <Figure of="${figure.id}" alt="…">…</Figure> there, or remove the file.`,
        }),
    );
};
