import type { APIRoute } from 'astro';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { formatCsv } from '../../results/format-csv.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws: the rows of its first dataset. */
export const GET: APIRoute<{ content: DrawnFigure }> = ({ props: { content } }) =>
  new Response(formatCsv(Object.keys(content.rows[0] ?? {}), content.rows));
