import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VFile } from 'vfile';
import type { PaperError } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { readCitationStyle } from '../citations/citation-style.ts';
import { formatCitations } from '../citations/format-citations.ts';
import { type Bibliography, readBibliography } from '../citations/read-bibliography.ts';
import { notComputed } from '../not-computed.ts';
import { pageFile, pagesOfPaper } from '../page-files.ts';
import type { SiteBuild } from '../site-build.ts';
import { checkClaims } from './check-claims.ts';
import { checkCode } from './check-code.ts';
import { checkComponents } from './check-components.ts';
import { checkExports } from './check-exports.ts';
import { checkFormulas } from './check-formulas.ts';
import { checkImports } from './check-imports.ts';
import { checkLead } from './check-lead.ts';
import { checkNames, type KnownNames } from './check-names.ts';
import { checkPictures } from './check-pictures.ts';
import { checkTables } from './check-tables.ts';
import { type CitationSource, citeKeys } from './cite-keys.ts';
import { deepLinks } from './deep-links.ts';
import { failOnFirst } from './fail-on-first.ts';
import { givePaper } from './give-paper.ts';
import { guardCode } from './guard-code.ts';
import { includeSources } from './include-sources.ts';
import { inheritFrontmatter } from './inherit-frontmatter.ts';
import { inlineClaims } from './inline-claims.ts';
import { pageOf, paperOf } from './jsx-node.ts';
import { keepPunctuation } from './keep-punctuation.ts';
import { linkTerms } from './link-terms.ts';
import { marginFootnotes } from './margin-footnotes.ts';
import { markdownSyntax } from './markdown-syntax.ts';
import { nameBadMdx } from './name-bad-mdx.ts';
import { noTypedDigits } from './no-typed-digits.ts';
import { numberLabels } from './number-labels.ts';
import { printAlts } from './print-alts.ts';
import { printVerdictSentence } from './print-verdict-sentence.ts';
import { printWords } from './print-words.ts';
import { recordPage } from './record-page.ts';
import { recordUses } from './record-uses.ts';
import { renderFormulas } from './render-formulas.ts';
import { type PagePosition, pagePosition } from './scan-pages.ts';
import { scrollTables } from './scroll-tables.ts';

/** The style that is meant where a page names none. */
const defaultStyle = 'apa';

const citationSource = (root: string, file: VFile): CitationSource => {
  const paper = paperOf(file);
  const name = join('content', paper, 'references.bib');
  const bibliography: Bibliography = existsSync(join(root, name))
    ? readBibliography(join(root, name), name)
    : new Map();
  const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: { citationStyle?: string } };
  const style = frontmatter?.citationStyle ?? defaultStyle;
  return {
    bibliography,
    format: (requests) =>
      formatCitations(bibliography, requests, {
        style: readCitationStyle(root, paper, style),
        file: style.endsWith('.csl') ? join('content', paper, style) : style,
        fallback: readCitationStyle(root, paper, defaultStyle),
      }),
  };
};

/**
 * What happens to a paper's MDX, in order. Checks note what they find, and the first mistake in the text fails the page
 * once all have looked: in every sentence, also in those that this build does not print.
 *
 * @param build undefined where nothing was computed
 */
export const markdownPlugins = (root: string, build: SiteBuild | undefined) => {
  const nameOf = (file: VFile): string => pageFile(paperOf(file), pageOf(file));
  const fail = (file: VFile, fault: PaperError): void => void build?.faults.set(nameOf(file), fault);
  const dataOf = (file: VFile): PaperData => {
    const paper = paperOf(file);
    const given = build?.papers.get(paper);
    if (given) return given.data;
    throw notComputed([...(build?.papers.keys() ?? [])], paper);
  };
  const namesOf = (file: VFile): KnownNames => {
    const data = dataOf(file);
    const { figures = {}, explorations = {} } = build?.papers.get(data.paper) ?? {};
    return { data, figures: Object.keys(figures), explorations: Object.keys(explorations) };
  };
  const recordSource = (path: string, digest: string): void => void build?.sources.set(path, digest);
  const positionOf = (file: VFile): PagePosition =>
    pagePosition(root, file, build?.papers.get(paperOf(file))?.data);
  return {
    remarkPlugins: [
      nameBadMdx(root, fail),
      ...markdownSyntax,
      inheritFrontmatter(root),
      checkComponents(() => build?.ownComponents),
      checkExports,
      checkImports,
      checkCode(root, recordSource),
      checkPictures,
      checkTables,
      checkFormulas,
      noTypedDigits,
      checkNames(namesOf, positionOf),
      checkLead(namesOf, (file) => pagesOfPaper(root, paperOf(file))),
      checkClaims(dataOf),
      printWords(dataOf),
      numberLabels(dataOf, positionOf),
      citeKeys(
        (file) => citationSource(root, file),
        (file) => build?.papers.get(paperOf(file))?.data,
        positionOf,
      ),
      linkTerms(positionOf),
      printAlts(dataOf),
      includeSources(root, recordSource),
      recordPage(dataOf, (file, page) => void build?.pages.set(nameOf(file), page)),
      inlineClaims,
      recordUses(dataOf),
      givePaper,
      guardCode,
    ],
    rehypePlugins: [
      renderFormulas,
      failOnFirst(root, fail),
      printVerdictSentence(dataOf),
      keepPunctuation,
      scrollTables,
      deepLinks,
      marginFootnotes,
    ],
  };
};
