/** The pages of a paper as they are rendered: what stands on which of them. */
import { paperData } from 'virtual:papers';
import { pagesOf } from 'virtual:papers/pages';
import { mainPage, pagePath } from './page-path.ts';
import { withoutReplicate } from './value-uses.ts';

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

/** Whether it has values that are of no table: one that has none has no page of them. */
export const hasLoneValues = (paper: string): boolean =>
  Object.keys(paperData(paper).values).some((id) => !id.includes('.'));

/** Claim id -> its sentence, on whichever page it stands. */
export const sentencesOf = (paper: string): Readonly<Record<string, string>> =>
  Object.assign({}, ...pagesOf(paper).map(({ page }) => page.frontmatter.sentences));

const pageWith = (paper: string, kind: 'sentences' | 'figureAlts', id: string): string =>
  pagePath(pagesOf(paper).find(({ page }) => Object.hasOwn(page.frontmatter[kind], id))?.name ?? mainPage);

/** Below the paper's address, where a claim stands. */
export const claimPath = (paper: string, id: string): string =>
  `${pageWith(paper, 'sentences', id)}#claim-${id}`;

/** What the pages say of a claim: its sentence, and where it stands. */
export const claimPlace = (paper: string, id: string) => ({
  sentence: sentencesOf(paper)[id],
  at: claimPath(paper, id),
});

/** Below the paper's address, where a figure stands, and what is said of it to those who do not see it. */
export const figurePlace = (paper: string, id: string): { readonly path: string; readonly alt: string } => ({
  path: `${pageWith(paper, 'figureAlts', id)}#fig-${id}`,
  alt:
    pagesOf(paper).find(({ page }) => page.frontmatter.figureAlts[id])?.page.frontmatter.figureAlts[id] ?? '',
});

/** A sentence that prints a value, and where it stands, below the paper's address. */
export interface PlacedSentence {
  readonly text: string;
  readonly at: string;
}

/** Value, without the part that tells of its replicates -> the sentences that print it, on whichever page they stand. */
export const usesOf = (paper: string): ReadonlyMap<string, readonly PlacedSentence[]> => {
  const uses = pagesOf(paper).flatMap(({ name, page }) =>
    page.frontmatter.uses.map(({ of, text, at }) => ({
      of: withoutReplicate(of),
      text,
      at: `${pagePath(name)}#${at}`,
    })),
  );
  return new Map(
    [...Map.groupBy(uses, ({ of }) => of)].map(([of, found]) => [
      of,
      // A sentence may print one value twice.
      [...new Map(found.map(({ text, at }) => [text, { text, at }])).values()],
    ]),
  );
};
