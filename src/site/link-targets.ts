import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';

/** What links within a site can lead to. */
export interface LinkTargets {
  /** Paths below the site's folder. */
  readonly files: ReadonlySet<string>;
  /** The ids in one of its pages. */
  readonly anchorsIn: (file: string) => readonly string[];
}

/** The ids in a text of HTML, in its order. */
export const idsInHtml = (html: string): readonly string[] => {
  const ids: string[] = [];
  // Most pieces of a page have none, and need no parser.
  if (!/\bid\s*=/i.test(html)) return ids;
  visit(fromHtml(html), 'element', ({ properties: { id } }) => {
    if (typeof id === 'string') ids.push(id);
  });
  return ids;
};

/** Of a site as it was rendered; its pages are read as they are asked for, once each. */
export const renderedTargets = (folder: string, files: Iterable<string>): LinkTargets => {
  const read = new Map<string, readonly string[]>();
  const anchorsIn = (file: string): readonly string[] => {
    const ids = read.get(file) ?? idsInHtml(readFileSync(join(folder, file), 'utf8'));
    read.set(file, ids);
    return ids;
  };
  return { files: new Set(files), anchorsIn };
};
