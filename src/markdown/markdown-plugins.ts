import { join } from 'node:path';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import type { VFile } from 'vfile';
import { chartsOf } from '../charts/charts.ts';
import { readPaperData } from '../components/paper-data.ts';
import { readBibliography } from './bibliography.ts';
import { checkNames } from './check-names.ts';
import { citeKeys } from './cite-keys.ts';
import { failOnBadTex } from './fail-on-bad-tex.ts';
import { givePaper } from './give-paper.ts';
import { inlineClaims } from './inline-claims.ts';
import { paperOf } from './jsx-node.ts';
import { keepPunctuation } from './keep-punctuation.ts';
import { noTypedDigits } from './no-typed-digits.ts';
import { numberLabels } from './number-labels.ts';

/** What happens to a paper's MDX, in order: the same for the site, for the check before it and for tests. */
export const markdownPlugins = (root: string) => ({
  remarkPlugins: [
    remarkMath,
    noTypedDigits,
    checkNames((file: VFile) => {
      const data = readPaperData(paperOf(file));
      return { data, figures: [...chartsOf(data).keys()] };
    }),
    numberLabels,
    citeKeys((file: VFile) => {
      const name = join('content', paperOf(file), 'references.bib');
      return readBibliography(join(root, name), name);
    }),
    inlineClaims,
    givePaper,
  ],
  rehypePlugins: [rehypeKatex, failOnBadTex, keepPunctuation],
});
