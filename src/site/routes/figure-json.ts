import type { APIRoute } from 'astro';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws and how: its Vega-Lite specification, data included. */
export const GET: APIRoute<{ content: DrawnFigure }> = ({ props: { content } }) =>
  new Response(`${JSON.stringify(content.spec)}\n`);
