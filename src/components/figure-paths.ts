import { type CollectionEntry, getCollection } from 'astro:content';
import { charts } from '../charts/charts.ts';
import { readPaperData } from './paper-data.ts';

/** A page for each figure of each paper. */
export const figurePaths = async () =>
  (await getCollection('papers')).flatMap(({ id: paper }: CollectionEntry<'papers'>) =>
    Object.entries(charts).map(([figure, chartOf]) => ({
      params: { paper, figure },
      props: { chart: chartOf(readPaperData(process.cwd(), paper)) },
    })),
  );
