/** The pages of a paper as they are rendered: what stands on which of them. */
import { paperData } from 'virtual:papers';
import { pagesOf } from 'virtual:papers/pages';
import { mainPage, pagePath } from './page-path.ts';

export interface PageLinkText {
  /** Below the paper's address; empty for the paper itself. */
  readonly path: string;
  readonly title: string;
}

/** All pages in their order. */
export const pageLinks = (paper: string): readonly PageLinkText[] =>
  pagesOf(paper).map(({ name, page }) => ({ path: pagePath(name), title: page.frontmatter.title }));

/** Whether it asserts anything: one that does not has no page of claims. */
export const hasClaims = (paper: string): boolean => Object.keys(paperData(paper).claims).length > 0;

/** Claim id -> its sentence, on whichever page it stands. */
export const sentencesOf = (paper: string): Readonly<Record<string, string>> =>
  Object.assign({}, ...pagesOf(paper).map(({ page }) => page.frontmatter.sentences));

const pageWith = (paper: string, kind: 'sentences' | 'figureAlts', id: string): string =>
  pagePath(pagesOf(paper).find(({ page }) => Object.hasOwn(page.frontmatter[kind], id))?.name ?? mainPage);

/** Below the paper's address, where a claim stands. */
export const claimPath = (paper: string, id: string): string =>
  `${pageWith(paper, 'sentences', id)}#claim-${id}`;

/** Below the paper's address, where a figure stands, and what is said of it to those who do not see it. */
export const figurePlace = (paper: string, id: string): { readonly path: string; readonly alt: string } => ({
  path: `${pageWith(paper, 'figureAlts', id)}#fig-${id}`,
  alt:
    pagesOf(paper).find(({ page }) => page.frontmatter.figureAlts[id])?.page.frontmatter.figureAlts[id] ?? '',
});
