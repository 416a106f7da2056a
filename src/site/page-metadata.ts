/** What a page says of itself to search engines, reference managers and readers of feeds. */

import { authorType, type PageFrontmatter } from './page-frontmatter.ts';
import { type SiteOrigin, versionOf } from './site-origin.ts';
import { summaryText } from './summary-text.ts';

interface ArticleFile {
  readonly path: string;
  readonly label: string;
  readonly mediaType: string;
  /** Absent where nobody knows, as on a server of drafts. */
  readonly sizeBytes?: string;
  readonly sha256?: string;
}

export interface Article {
  readonly frontmatter: Pick<
    PageFrontmatter,
    'title' | 'summary' | 'authors' | 'organizations' | 'date' | 'license'
  >;
  /** Where the page is served; relative where the site does not know its own address. */
  readonly address: string;
  readonly origin: SiteOrigin;
  /** Files of the paper, below its address. */
  readonly data: readonly ArticleFile[];
}

interface MetaTag {
  readonly name: string;
  readonly content: string;
}

/** Of the text, or of the commit where the text has none. */
export const publicationDate = (date: string | undefined, origin: SiteOrigin): string | undefined =>
  date ?? origin.date?.slice(0, 10);

/** Whether an address leads there from anywhere: a site that does not know its own has relative ones. */
export const isWhole = (address: string): boolean => /^https?:/.test(address);

/** A file beside a page: whole where the page's address is. */
const below = (address: string, path: string): string =>
  new URL(path, new URL(address, 'https://site.invalid')).href.replace(/^https:\/\/site\.invalid/, '');

/** Highwire Press tags, which Google Scholar and reference managers read. */
export const highwireTags = (article: Article): readonly MetaTag[] => {
  const { title, authors, date: ofText } = article.frontmatter;
  const date = publicationDate(ofText, article.origin);
  return [
    { name: 'citation_title', content: title },
    ...authors.map((author) => ({ name: 'citation_author', content: author })),
    ...(date === undefined
      ? []
      : [{ name: 'citation_publication_date', content: date.replaceAll('-', '/') }]),
    // A reference manager keeps them away from the page: relative ones would lead nowhere.
    ...(isWhole(article.address)
      ? [
          { name: 'citation_fulltext_html_url', content: article.address },
          ...article.data
            .filter(({ path }) => path.endsWith('.pdf'))
            .slice(0, 1)
            .map(({ path }) => ({ name: 'citation_pdf_url', content: below(article.address, path) })),
        ]
      : []),
    { name: 'citation_language', content: 'en' },
  ];
};

/** schema.org ScholarlyArticle with its data. */
export const scholarlyArticle = (article: Article) => {
  const { title, summary, authors, date: ofText, license } = article.frontmatter;
  const date = publicationDate(ofText, article.origin);
  const { repository } = article.origin;
  return {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    headline: title,
    abstract: summaryText(summary),
    author: authors.map((name) => ({ '@type': authorType(article.frontmatter, name), name })),
    url: article.address,
    ...(date === undefined ? {} : { datePublished: date }),
    ...(license === undefined ? {} : { license }),
    ...(repository === null
      ? {}
      : {
          isBasedOn: {
            '@type': 'SoftwareSourceCode',
            codeRepository: repository,
            version: versionOf(article.origin),
          },
        }),
    associatedMedia: article.data.map(({ path, label, mediaType, sizeBytes, sha256 }) => ({
      '@type': 'DataDownload',
      name: label,
      contentUrl: below(article.address, path),
      encodingFormat: mediaType,
      ...(sizeBytes === undefined ? {} : { contentSize: sizeBytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
    })),
  };
};

/**
 * schema.org WebPage, as a part of its paper.
 *
 * @param whole the paper: who cites the page cites it
 */
export const articlePart = (
  page: { readonly title: string; readonly summary: string; readonly address: string },
  whole: Article,
): object => {
  const { headline, author, url } = scholarlyArticle(whole);
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    name: page.title,
    description: summaryText(page.summary),
    url: page.address,
    isPartOf: { '@type': 'ScholarlyArticle', headline, author, url },
  };
};

/** As a data block of a page: no text can end it early. */
export const jsonLd = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c');
