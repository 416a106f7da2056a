import { paperData } from 'virtual:papers';
import type { APIRoute } from 'astro';
import { formatCsv } from '../../results/format-csv.ts';
import { rowsWithMeans } from '../../results/rows-with-means.ts';
import { type TableData, tablePaths } from './download-paths.ts';

export const getStaticPaths = tablePaths;

/** A table at full precision: the first replicate's rows, with means over replicates beside. */
export const GET: APIRoute<{ content: TableData }, { paper: string }> = ({
  params: { paper },
  props: { content },
}) => {
  const { columns, rows } = rowsWithMeans(paperData(paper), content);
  return new Response(formatCsv(columns, rows));
};
