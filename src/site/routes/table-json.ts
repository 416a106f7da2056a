import { givenPaper } from 'virtual:papers';
import type { APIRoute } from 'astro';
import { publicTable } from '../../results/public-results.ts';
import { claimsOn } from '../components/claims-on.ts';
import { formulasIn } from '../components/label-markup.ts';
import { madeBy } from '../components/made-by.ts';
import { intervalsIn, nullsIn, sentencesIn } from '../components/panel-sources.ts';
import { claimPlace, usesOf } from '../paper-pages.ts';
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
  const given = givenPaper(paper)!;
  const { data } = given;
  const { title, replicates, held, summary, columns } = content.presentation;
  const claims = claimsOn(data, content.id, (id) => claimPlace(paper, id));
  const sentences = sentencesIn(content.id, usesOf(paper));
  const table = {
    id: content.id,
    title,
    replicateWords: replicates,
    ...publicTable(content),
    held,
    nulls: nullsIn(data, content),
    summary,
    intervals: intervalsIn(data, content, sentences),
    sentences,
    claims,
    formulas: formulasIn([
      title,
      ...Object.values(columns).flatMap(({ label, definition = '' }) => [label, definition]),
      ...claims.map(({ heading }) => heading),
      ...Object.values(sentences).flatMap((printed) => printed.map(({ text }) => text)),
    ]),
    made: madeBy(given, content.stages, content.id),
  };
  return new Response(`${JSON.stringify(table, null, 1)}\n`);
};
