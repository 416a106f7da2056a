/** Citations and the list of references, both by one CSL processor over one document, so that they always agree. */
import CSL, { type Citation, type CitationItem, type Engine } from 'citeproc';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { PaperError } from '../../engine/stage/index.ts';
import { localeOf, pageLanguage } from './citation-style.ts';
import { linkItems } from './link-items.ts';
import { type Locator, readLocator } from './locator.ts';
import type { Bibliography } from './read-bibliography.ts';

/** One place of the text that cites, as its author wrote it. */
export interface CitationRequest {
  readonly keys: readonly string[];
  /** Whether names stand in the sentence, and only the rest in brackets. */
  readonly isNarrative: boolean;
  /** Before the first work. */
  readonly prefix: string;
  /** Within the last work, such as `pp. 3-5` or `chapter 2`. */
  readonly locator: string;
  /** After the last work. */
  readonly suffix: string;
}

/** A citation as the style prints it. */
export interface FormattedCitation {
  /** With a link to each work. */
  readonly html: string;
  readonly text: string;
}

export interface BibliographyEntry {
  readonly key: string;
  readonly html: string;
}

export interface FormattedCitations {
  /** One a request. */
  readonly citations: readonly FormattedCitation[];
  /** In the order of the style. */
  readonly entries: readonly BibliographyEntry[];
}

const plainText = (html: string): string => toText(fromHtml(html, { fragment: true })).trim();

/** A place that is a number alone is a page. */
const writtenOut = (locator: string): string =>
  /^\p{N}/u.test(locator) ? `${/\P{N}/u.test(locator) ? 'pp' : 'p'}. ${locator}` : locator;

const spaced = (suffix: string): string => (suffix === '' || /^[,.;:]/.test(suffix) ? suffix : ` ${suffix}`);

const itemsOf = (
  { keys, prefix, suffix }: CitationRequest,
  { label, locator, rest }: Locator,
): readonly CitationItem[] =>
  keys.map((id, at) => ({
    id,
    ...(at === 0 && prefix !== '' ? { prefix: `${prefix} ` } : {}),
    ...(at < keys.length - 1
      ? {}
      : {
          ...(locator === '' ? {} : { label, locator }),
          suffix: `${rest === '' ? '' : `, ${rest}`}${spaced(suffix)}`,
        }),
  }));

/** What a processor writes where a style has nothing to print. */
const nothing = /\[NO_PRINTED_FORM\]|\[CSL STYLE ERROR[^\]]*\]/g;

/** Brackets are for a citation's `&`; in a sentence names are joined by a word. */
const inSentence = (names: string): string => names.replaceAll(' &#38; ', ' and ');

/** The references that the processors below look works up in: they outlive a document, since one takes a second to make. */
let current: Bibliography = new Map();
const processors = new Map<string, Engine>();

const processorOf = (style: string, file: string): Engine => {
  const made = processors.get(style);
  if (made) return made;
  try {
    const processor = new CSL.Engine(
      { retrieveLocale: localeOf, retrieveItem: (id) => current.get(id) ?? { id } },
      style,
      pageLanguage,
      true,
    );
    processor.opt.development_extensions.wrap_url_and_doi = true;
    processors.set(style, processor);
    return processor;
  } catch (cause) {
    throw badStyle(file, cause instanceof Error ? cause.message : String(cause));
  }
};

const badStyle = (file: string, what: string): PaperError =>
  new PaperError('BadCitationStyle', `${file} cannot be used: ${what}.`, {
    where: { file },
    hint: 'take the style anew from github.com/citation-style-language/styles.',
  });

/** What no place of the text cites stands last: in the list all the same, and after all that is counted. */
const uncitedIn = (requests: readonly CitationRequest[]): readonly Citation[] => {
  const cited = new Set(requests.flatMap(({ keys }) => keys));
  const citationItems = [...current.keys()].filter((id) => !cited.has(id)).map((id) => ({ id }));
  return citationItems.length === 0
    ? []
    : [{ citationID: 'uncited', citationItems, properties: { noteIndex: 0 } }];
};

/** A document's citations, with places in works as the style prints them or, at `dropped`, written out. */
const documentOf = (
  requests: readonly CitationRequest[],
  dropped: ReadonlySet<number>,
): readonly Citation[] => [
  ...requests.map(
    (request, at): Citation => ({
      citationID: `cite-${at}`,
      citationItems: itemsOf(
        request,
        dropped.has(at)
          ? { label: 'page', locator: '', rest: writtenOut(request.locator) }
          : readLocator(request.locator),
      ),
      properties: { noteIndex: 0, ...(request.isNarrative ? { mode: 'suppress-author' } : {}) },
    }),
  ),
  ...uncitedIn(requests),
];

/** Citations whose style prints no places in works: what their author wrote would go in silence. */
const droppedIn = (processor: Engine, document: readonly Citation[]): ReadonlySet<number> =>
  new Set(
    document.flatMap(({ citationItems }, at) => {
      const { id, locator, label } = citationItems.at(-1)!;
      if (locator === undefined || label === undefined) return [];
      const without = processor.makeCitationCluster([{ id }]);
      return processor.makeCitationCluster([{ id, locator, label }]) === without ? [at] : [];
    }),
  );

/** By citation, the names that a sentence has in the place of the citation's own; of numbers alone it has none. */
const namesIn = (processor: Engine, document: readonly Citation[]): readonly string[] =>
  processor
    .rebuildProcessorState(
      document.map((citation) => ({
        ...citation,
        citationItems: citation.citationItems.map(({ id }) => ({ id })),
        properties: { noteIndex: 0, mode: 'author-only' },
      })),
      'html',
      [],
    )
    .map(([, , names]) => inSentence(names.replace(nothing, '').trim()));

interface Styles {
  /** CSL's XML. */
  readonly style: string;
  /** Of the style, for an error's reader. */
  readonly file: string;
  /** A style that prints names, for narrative citations in one that prints numbers alone. */
  readonly fallback: string;
}

const format = (
  bibliography: Bibliography,
  requests: readonly CitationRequest[],
  { style, file, fallback }: Styles,
): FormattedCitations => {
  const processor = processorOf(style, file);
  current = bibliography;
  let document = documentOf(requests, new Set());
  let printed = processor.rebuildProcessorState(document, 'html', []);
  const dropped = droppedIn(processor, document);
  if (dropped.size > 0) {
    document = documentOf(requests, dropped);
    printed = processor.rebuildProcessorState(document, 'html', []);
  }
  const clusters = document.slice(0, requests.length).map(({ sortedItems = [] }, at) => ({
    html: (printed[at]?.[2] ?? '').replace(nothing, ''),
    alone: sortedItems.map(([{ id }]): readonly [string, string] => [
      id,
      processor.makeCitationCluster([{ id }]),
    ]),
  }));
  const made = processor.makeBibliography();
  if (!made) throw badStyle(file, 'it prints no list of references');
  const [{ entry_ids: ids }, entries] = made;
  const isNeeded = requests.some(({ isNarrative }) => isNarrative);
  const own = isNeeded ? namesIn(processor, document) : [];
  const lacks = requests.some(({ isNarrative }, at) => isNarrative && own[at] === '');
  const others = lacks ? namesIn(processorOf(fallback, file), document) : [];
  return {
    citations: clusters.map(({ html, alone }, at): FormattedCitation => {
      if (!requests[at]?.isNarrative) return { html: linkItems(html, alone), text: plainText(html) };
      const whole = `${own[at] === '' ? others[at] : own[at]} ${html}`.trim();
      return { html: `<a class="cite" href="#ref-${alone[0]?.[0]}">${whole}</a>`, text: plainText(whole) };
    }),
    entries: entries.map((html, at) => ({ key: ids[at]?.[0] ?? '', html: html.trim() })),
  };
};

/** The last document of each style: most edits of a text leave its citations alone. */
const last = new Map<string, { readonly asked: string; readonly formatted: FormattedCitations }>();

/** @throws BadCitationStyle */
export const formatCitations = (
  bibliography: Bibliography,
  requests: readonly CitationRequest[],
  styles: Styles,
): FormattedCitations => {
  const asked = JSON.stringify([[...bibliography], requests, styles.fallback]);
  const known = last.get(styles.style);
  if (known?.asked === asked) return known.formatted;
  const formatted = format(bibliography, requests, styles);
  last.set(styles.style, { asked, formatted });
  return formatted;
};
