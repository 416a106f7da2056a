import type { APIRoute } from 'astro';
import type { Chart } from '../../charts/chart.ts';
import { formatCsv } from '../../results/format-csv.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws. */
export const GET: APIRoute<{ content: Chart }> = ({ props: { content } }) =>
  new Response(formatCsv(content.columns, content.rows));
