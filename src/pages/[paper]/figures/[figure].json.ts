import type { APIRoute } from 'astro';
import type { Chart } from '../../../charts/chart.ts';
import { figurePaths } from '../../../components/figure-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws and how, for download: the specification of Vega-Lite, data included. */
export const GET: APIRoute<{ chart: Chart }> = ({ props }) =>
  new Response(
    `${JSON.stringify({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...props.chart.spec })}\n`,
  );
