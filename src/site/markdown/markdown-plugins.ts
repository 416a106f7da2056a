import { existsSync } from 'node:fs';
import { join } from 'node:path';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import type { SiteBuild } from '../site-build.ts';
import { readBibliography } from './bibliography.ts';
import { checkClaims } from './check-claims.ts';
import { checkNames } from './check-names.ts';
import { citeKeys } from './cite-keys.ts';
import { failOnFirst } from './fail-on-first.ts';
import { givePaper } from './give-paper.ts';
import { includeSources } from './include-sources.ts';
import { inlineClaims } from './inline-claims.ts';
import { paperOf } from './jsx-node.ts';
import { keepPunctuation } from './keep-punctuation.ts';
import { nameBadMdx } from './name-bad-mdx.ts';
import { noTypedDigits } from './no-typed-digits.ts';
import { numberLabels } from './number-labels.ts';
import { printVerdictSentence } from './print-verdict-sentence.ts';
import { recordPage } from './record-page.ts';
import { reportBadTex } from './report-bad-tex.ts';

/**
 * What happens to a paper's MDX, in order. Checks note what they find, and the first mistake in the text fails the page
 * once all have looked: in every sentence, also in those that this build does not print.
 *
 * @param build undefined where nothing was computed
 */
export const markdownPlugins = (root: string, build: SiteBuild | undefined) => {
  const fail = (file: VFile, fault: PaperError): void => void build?.faults.set(paperOf(file), fault);
  const dataOf = (file: VFile): PaperData => {
    const paper = paperOf(file);
    const given = build?.papers.get(paper);
    if (given) return given.data;
    throw new PaperError('NotComputed', `this build computed nothing for '${paper}'.`, {
      details: [
        `expected one of ${[...(build?.papers.keys() ?? [])].join(', ') || 'none: nothing was computed'}`,
      ],
      hint: 'pages print what their own build computed: use `npm run build` or `npm run dev`, not Astro alone.',
    });
  };
  return {
    remarkPlugins: [
      nameBadMdx(root, fail),
      remarkMath,
      noTypedDigits,
      checkNames((file) => {
        const data = dataOf(file);
        return { data, figures: Object.keys(build?.papers.get(data.paper)?.figures ?? {}) };
      }),
      checkClaims(dataOf),
      numberLabels,
      citeKeys((file) => {
        const name = join('content', paperOf(file), 'references.bib');
        return existsSync(join(root, name)) ? readBibliography(join(root, name), name) : new Map();
      }),
      includeSources(root, (path, digest) => void build?.sources.set(path, digest)),
      recordPage(dataOf, (file, page) => void build?.pages.set(paperOf(file), page)),
      inlineClaims,
      givePaper,
    ],
    rehypePlugins: [
      rehypeKatex,
      reportBadTex,
      failOnFirst(root, fail),
      printVerdictSentence(dataOf),
      keepPunctuation,
    ],
  };
};
