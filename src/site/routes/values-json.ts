import { givenPaper, paperIds } from 'virtual:papers';
import type { APIRoute } from 'astro';
import type { ValuesJson } from '../client/values-json.ts';
import { formulasIn } from '../components/label-markup.ts';
import { loneValues } from '../components/lone-values.ts';
import { hasLoneValues } from '../paper-pages.ts';

export const getStaticPaths = () => paperIds.filter(hasLoneValues).map((paper) => ({ params: { paper } }));

/** Every value that is of no table, with what rests on it, and how it was made. */
export const GET: APIRoute<Record<string, never>, { paper: string }> = ({ params: { paper } }) => {
  const given = givenPaper(paper)!;
  const values = loneValues(given);
  const told = [...values.values()];
  const made = new Set(told.flatMap((value) => value.made));
  const content: ValuesJson = {
    values: Object.fromEntries(values),
    stages: Object.fromEntries(Object.entries(given.stages).filter(([name]) => made.has(name))),
    formulas: formulasIn(
      told.flatMap(({ definition = '', sentences, claims }) => [
        definition,
        ...sentences.map(({ text }) => text),
        ...claims.map(({ heading }) => heading),
      ]),
    ),
  };
  return new Response(`${JSON.stringify(content, null, 1)}\n`);
};
