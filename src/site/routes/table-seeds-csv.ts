import type { APIRoute } from 'astro';
import { flatten } from '../../results/flat-table.ts';
import { formatCsv } from '../../results/format-csv.ts';
import { rowsOfEverySeed } from '../../results/public-results.ts';
import { repeatedTablePaths, type TableData } from './download-paths.ts';

export const getStaticPaths = repeatedTablePaths;

/** A table of several replicates at full precision, one below the other, each row with its seed. */
export const GET: APIRoute<{ content: TableData }> = ({ props: { content } }) =>
  new Response(
    formatCsv(['seed', ...flatten(content).columns.map(({ id }) => id)], rowsOfEverySeed(content) ?? []),
  );
