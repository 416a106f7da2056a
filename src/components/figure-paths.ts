import { type CollectionEntry, getCollection } from 'astro:content';
import { chartsOf } from '../charts/charts.ts';
import { readPaperData } from './paper-data.ts';

/** A page for each figure of each paper. */
export const figurePaths = async () =>
  (await getCollection('papers')).flatMap(({ id: paper }: CollectionEntry<'papers'>) =>
    [...chartsOf(readPaperData(process.cwd(), paper))].map(([figure, chart]) => ({
      params: { paper, figure },
      props: { chart },
    })),
  );
