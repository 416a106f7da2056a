import type { APIRoute } from 'astro';
import { type TableData, tablePaths } from '../../../components/download-paths.ts';
import { flatten } from '../../../results/flat-table.ts';
import { formatCsv } from '../../../results/format-csv.ts';

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
