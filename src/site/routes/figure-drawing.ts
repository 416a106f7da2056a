import type { APIRoute } from 'astro';
import { drawingFile } from '../components/figure-drawings.ts';
import { figurePaths } from './download-paths.ts';

/** A path for each drawing of each figure: `<figure>.<place>`. */
export const getStaticPaths = () =>
  figurePaths().flatMap(({ params: { paper, id }, props: { content } }) =>
    Object.entries(content.drawings).map(([place, svg]) => ({
      params: { paper, id: `${id}.${place}` },
      props: { svg },
    })),
  );

/** What pages show of a figure. */
export const GET: APIRoute<{ svg: string }> = ({ props: { svg } }) =>
  new Response(drawingFile(svg), { headers: { 'content-type': 'image/svg+xml' } });
