import type { APIRoute } from 'astro';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { drawingFile } from '../components/figure-drawings.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What pages show of a figure. */
export const GET: APIRoute<{ content: DrawnFigure }> = ({ props: { content } }) =>
  new Response(drawingFile(content), { headers: { 'content-type': 'image/svg+xml' } });
