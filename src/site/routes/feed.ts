import { origin, paperIds } from 'virtual:papers';
import { pages } from 'virtual:papers/pages';
import type { APIRoute } from 'astro';
import { pageAddress } from '../page-address.ts';
import { siteBase } from '../site-base.ts';
import { noDate } from '../site-origin.ts';
import { siteTitle } from '../site-title.ts';
import { summaryText } from '../summary-text.ts';
import { xmlText } from '../xml-text.ts';

/** The papers as an Atom feed. */
export const GET: APIRoute = ({ site }) => {
  const updated = `<updated>${origin.date ?? `${noDate}T00:00:00Z`}</updated>`;
  const entries = paperIds.map((paper) => {
    const { title, summary, authors } = pages[paper]!.frontmatter;
    const address = xmlText(pageAddress(site, `${siteBase}/${paper}/`));
    return [
      '<entry>',
      `<title>${xmlText(title)}</title>`,
      `<id>${address}</id>`,
      `<link href="${address}"/>`,
      updated,
      ...authors.map((author) => `<author><name>${xmlText(author)}</name></author>`),
      `<summary>${xmlText(summaryText(summary))}</summary>`,
      '</entry>',
    ].join('\n');
  });
  const home = xmlText(pageAddress(site, `${siteBase}/`));
  return new Response(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      `<title>${xmlText(siteTitle)}</title>`,
      `<id>${home}</id>`,
      `<link rel="self" href="${xmlText(new URL(`${siteBase}/feed.xml`, site).href)}"/>`,
      updated,
      ...entries,
      '</feed>',
      '',
    ].join('\n'),
  );
};
