import type { PaperError } from '../engine/stage/index.ts';
import { pageFile, pagesOfPaper } from '../site/page-files.ts';
import { pagePath } from '../site/page-path.ts';
import type { CompiledPage, SiteBuild } from '../site/site-build.ts';

/** A page that a build compiled. */
interface PageOfBuild {
  /** Its name, `index` for the paper itself. */
  readonly name: string;
  /** Below the paper's address: ends with a slash; empty for the paper itself. */
  readonly path: string;
  readonly page: CompiledPage;
}

/** Every page of a paper as it was compiled, in their order: the paper itself comes first. */
export const compiledPages = (root: string, { pages }: SiteBuild, paper: string): readonly PageOfBuild[] =>
  pagesOfPaper(root, paper).map((name) => {
    const page = pages.get(pageFile(paper, name));
    if (!page) throw new Error(`internal: ${pageFile(paper, name)} was not compiled`);
    return { name, path: pagePath(name), page };
  });

/** The first mistake in the texts of a build's papers, page by page. */
export const firstFaultOf = (root: string, { papers, faults }: SiteBuild): PaperError | undefined => {
  const files = [...papers.keys()].flatMap((paper) => {
    try {
      return pagesOfPaper(root, paper).map((page) => pageFile(paper, page));
    } catch {
      return [];
    }
  });
  return [...files.flatMap((file) => faults.get(file) ?? []), ...faults.values()][0];
};
