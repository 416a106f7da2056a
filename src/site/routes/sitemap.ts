import { givenPaper, origin, paperData, paperIds } from 'virtual:papers';
import type { APIRoute } from 'astro';
import { pageAddress } from '../page-address.ts';
import { hasClaims, hasLoneValues, pageLinks } from '../paper-pages.ts';
import { siteBase } from '../site-base.ts';
import { xmlText } from '../xml-text.ts';

/** The list of a paper's tables, where it has some, and each of them. */
const tableAddresses = (paper: string): readonly string[] => {
  const ids = Object.keys(paperData(paper).tables);
  const folder = `${siteBase}/${paper}/tables/`;
  return ids.length === 0 ? [] : [folder, ...ids.map((id) => `${folder}${id}/`)];
};

const figureAddresses = (paper: string): readonly string[] =>
  Object.keys(givenPaper(paper)!.figures).map((id) => `${siteBase}/${paper}/figures/${id}/`);

/** Every page of the site. */
export const GET: APIRoute = ({ site }) => {
  const paths = [
    `${siteBase}/`,
    `${siteBase}/how-this-site-knows/`,
    ...paperIds.flatMap((paper) => [
      ...pageLinks(paper).map(({ path }) => `${siteBase}/${paper}/${path}`),
      ...(hasClaims(paper) ? [`${siteBase}/${paper}/claims/`] : []),
      `${siteBase}/${paper}/changes/`,
      ...(hasLoneValues(paper) ? [`${siteBase}/${paper}/values/`] : []),
      ...tableAddresses(paper),
      ...figureAddresses(paper),
    ]),
  ];
  const date = origin.date === null ? '' : `<lastmod>${origin.date}</lastmod>`;
  const urls = paths.map((path) => `<url><loc>${xmlText(pageAddress(site, path))}</loc>${date}</url>`);
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
  );
};
