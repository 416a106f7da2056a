import { givenPaper, paperIds } from 'virtual:papers';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import type { GivenPaper } from '../site-build.ts';

/** One path for each of a paper's downloads of a kind. */
const pathsFor = <T>(downloadsOf: (given: GivenPaper) => Iterable<readonly [string, T]>) =>
  paperIds.flatMap((paper) =>
    [...downloadsOf(givenPaper(paper)!)].map(([id, content]) => ({
      params: { paper, id },
      props: { content },
    })),
  );

/** A path for each figure of each paper. */
export const figurePaths = () => pathsFor<DrawnFigure>(({ figures }) => Object.entries(figures));

/** A path for each table of each paper. */
export const tablePaths = () => pathsFor(({ data }) => Object.entries(data.tables));

/** A path for each table that has several replicates. */
export const repeatedTablePaths = () =>
  pathsFor(({ data }) => Object.entries(data.tables).filter(([, { replicates }]) => replicates.length > 1));

export type { TableData } from '../../results/paper-data.ts';
