import { givenPaper } from 'virtual:papers';
import type { APIRoute } from 'astro';
import { publicTable } from '../../results/public-results.ts';
import { claimsOn } from '../components/claims-on.ts';
import { madeBy } from '../components/made-by.ts';
import { claimPath, sentencesOf } from '../paper-pages.ts';
import { type TableData, tablePaths } from './download-paths.ts';

export const getStaticPaths = tablePaths;

/**
 * A table at full precision, with the original's figures and the key that it was made under; what rests on it, and how it
 * was made.
 */
export const GET: APIRoute<{ content: TableData }, { paper: string }> = ({
  params: { paper },
  props: { content },
}) => {
  const { data, stages } = givenPaper(paper)!;
  const table = {
    id: content.id,
    title: content.presentation.title,
    replicate: content.presentation.replicates.one,
    ...publicTable(content),
    claims: claimsOn(data, content.id, (id) => ({
      sentence: sentencesOf(paper)[id],
      at: claimPath(paper, id),
    })),
    made: madeBy(stages, content.stages),
  };
  return new Response(`${JSON.stringify(table, null, 1)}\n`);
};
