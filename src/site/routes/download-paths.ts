import { paperData, paperIds } from 'virtual:papers';
import type { Chart } from '../../charts/chart.ts';
import { chartsOf } from '../../charts/charts.ts';
import type { PaperData } from '../../results/paper-data.ts';

/** One path for each of a paper's downloads of a kind. */
const pathsFor = <T>(downloadsOf: (data: PaperData) => Iterable<readonly [string, T]>) =>
  paperIds.flatMap((paper) =>
    [...downloadsOf(paperData(paper))].map(([id, content]) => ({
      params: { paper, id },
      props: { content },
    })),
  );

/** A path for each figure of each paper. */
export const figurePaths = () => pathsFor<Chart>(chartsOf);

/** A path for each table of each paper. */
export const tablePaths = () => pathsFor((data) => Object.entries(data.tables));

/** A path for each table that has several replicates. */
export const repeatedTablePaths = () =>
  pathsFor((data) => Object.entries(data.tables).filter(([, { replicates }]) => replicates.length > 1));

export type { TableData } from '../../results/paper-data.ts';
