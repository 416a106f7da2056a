import type { APIRoute } from 'astro';
import type { Chart } from '../../charts/chart.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws and how: its Vega-Lite specification, data included. */
export const GET: APIRoute<{ content: Chart }> = ({ props: { content } }) =>
  new Response(
    `${JSON.stringify({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...content.spec })}\n`,
  );
