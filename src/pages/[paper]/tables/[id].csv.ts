import type { APIRoute } from 'astro';
import { type TableData, tablePaths } from '../../../components/download-paths.ts';
import { formatCsv } from '../../../results/format-csv.ts';

export const getStaticPaths = tablePaths;

/** A table at full precision. */
export const GET: APIRoute<{ content: TableData }> = ({ props: { content } }) =>
  new Response(
    formatCsv(
      content.columns.map(({ id }) => id),
      content.rows,
    ),
  );
