import type { APIRoute } from 'astro';
import { publicTable } from '../../results/public-results.ts';
import { type TableData, tablePaths } from './download-paths.ts';

export const getStaticPaths = tablePaths;

/** A table at full precision, with the original's figures and the key that it was made under. */
export const GET: APIRoute<{ content: TableData }> = ({ props: { content } }) =>
  new Response(`${JSON.stringify({ id: content.id, ...publicTable(content) }, null, 1)}\n`);
