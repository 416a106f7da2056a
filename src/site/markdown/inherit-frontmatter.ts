import { join } from 'node:path';
import type { VFile } from 'vfile';
import { readAuthorText } from '../author-text.ts';
import { pageFile } from '../page-files.ts';
import { type FurtherFrontmatter, type PageFrontmatter, readFrontmatter } from '../page-frontmatter.ts';
import { mainPage } from '../page-path.ts';
import { reporting } from './faults.ts';
import { pageOf, paperOf } from './jsx-node.ts';

/** A further page has what its paper says of itself, with a title of its own. Faults: those of the paper's frontmatter */
export const inheritFrontmatter = (root: string) => () => (_: unknown, file: VFile) => {
  const { frontmatter: own } = (file.data['astro'] ?? {}) as { frontmatter?: Partial<FurtherFrontmatter> };
  if (pageOf(file) === mainPage || own?.title === undefined) return;
  const paper = pageFile(paperOf(file), mainPage);
  const inherited = reporting(
    file,
    (): PageFrontmatter => readFrontmatter(readAuthorText(join(root, paper), paper), paper),
  );
  if (inherited)
    Object.assign(own, {
      ...inherited,
      ...own,
      allow: [...inherited.allow, ...(own.allow ?? [])],
    });
};
