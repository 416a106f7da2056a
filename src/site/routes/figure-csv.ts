import type { APIRoute } from 'astro';
import { columnsOf } from '../../figures/dataset-rows.ts';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { formatCsv } from '../../results/format-csv.ts';
import { figurePaths } from './download-paths.ts';

export const getStaticPaths = figurePaths;

/** What a figure draws. */
export const GET: APIRoute<{ content: DrawnFigure }> = ({ props: { content } }) =>
  new Response(formatCsv(columnsOf(content.rows), content.rows));
