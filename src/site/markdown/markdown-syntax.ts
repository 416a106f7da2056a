import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkSmartypants from 'remark-smartypants';
import type { Plugin } from 'unified';
import { givenHeadingIds } from './given-heading-ids.ts';

/** What counts as Markdown in a page, for all that reads one: GFM, formulas between dollar signs, ids of headings. */
export const markdownSyntax = [remarkGfm, remarkMath, givenHeadingIds, remarkSmartypants as Plugin<[], Root>];
