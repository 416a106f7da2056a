import type { APIRoute } from 'astro';
import { flatten } from '../../results/flat-table.ts';
import { formatCsv } from '../../results/format-csv.ts';
import { type TableData, tablePaths } from './download-paths.ts';

export const getStaticPaths = tablePaths;

/** A table at full precision: the first replicate's rows. */
export const GET: APIRoute<{ content: TableData }> = ({ props: { content } }) => {
  const { columns, replicates } = flatten(content);
  return new Response(
    formatCsv(
      columns.map(({ id }) => id),
      replicates[0]!.rows,
    ),
  );
};
