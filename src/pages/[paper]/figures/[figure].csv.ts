import type { APIRoute } from 'astro';
import type { Chart } from '../../../charts/chart.ts';
import { figurePaths } from '../../../components/figure-paths.ts';
import { formatCsv } from '../../../engine/format-csv.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws, for download. */
export const GET: APIRoute<{ chart: Chart }> = ({ props }) =>
  new Response(formatCsv(props.chart.columns, props.chart.rows));
