import type { APIRoute } from 'astro';
import { type TableData, tablePaths } from '../../../components/download-paths.ts';

export const getStaticPaths = tablePaths;

/** A table at full precision, with the original's figures and the key that it was made under. */
export const GET: APIRoute<{ content: TableData }> = ({ props: { content } }) =>
  new Response(`${JSON.stringify(content, null, 1)}\n`);
