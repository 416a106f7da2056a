import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { authorTextOf } from '../site/author-text.ts';

/** Of a paper's own folders: which files are text that this project reads. What its stages read is theirs. */
const texts: Readonly<Record<string, RegExp>> = {
  content: /\.(?:mdx|bib|csl|json|ts|csv|css|astro|svg)$/,
  experiments: /\.(?:ts|py)$/,
};

const skipped = new Set(['node_modules', 'published', '__pycache__']);

const requireBelow = (root: string, folder: string, kind: RegExp): void => {
  if (!existsSync(join(root, folder))) return;
  for (const name of readdirSync(join(root, folder)).toSorted()) {
    const file = `${folder}/${name}`;
    const found = statSync(join(root, file), { throwIfNoEntry: false });
    if (folder.startsWith('content/') && found?.isDirectory() && kind.test(name)) {
      throw new PaperError('FileUnusable', `${file} cannot be read: it is a folder.`, {
        where: { file },
        details: ['expected a file of this name; received a folder'],
        hint: 'move it away, or give it a name without an ending.',
      });
    }
    if (found?.isDirectory() && !skipped.has(name)) requireBelow(root, file, kind);
    if (found?.isFile() && kind.test(name)) authorTextOf(readFileSync(join(root, file)), file);
  }
};

/**
 * What loads a module, or bundles it, takes any bytes for text and puts marks in the place of those that are none: a
 * label would be printed so.
 *
 * @throws NotUtf8 with line and column; FileUnusable for a folder that is named as a text
 */
export const requireReadable = (root: string, paper: string): void => {
  for (const [place, kind] of Object.entries(texts)) requireBelow(root, `${place}/${paper}`, kind);
};
