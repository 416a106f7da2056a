import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { PageLink } from './site-build.ts';

export interface RenderedSite {
  readonly folder: string;
  /** Where it will be served: begins and ends with a slash. */
  readonly base: string;
}

export interface LinkingPage {
  /** Its address below the base: ends with a slash. */
  readonly path: string;
  readonly links: readonly PageLink[];
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** What does not decode names nothing, as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const anchorsOf = (page: string): ReadonlySet<string> => {
  const anchors = new Set(['', 'top']);
  visit(fromHtml(readFileSync(page, 'utf8')), 'element', ({ properties: { id } }) => {
    if (typeof id === 'string') anchors.add(id);
  });
  return anchors;
};

/** What to do about an anchor that is not there. */
const anchorHint = (anchor: string, anchors: ReadonlySet<string>): string => {
  if (anchor.startsWith('ref-') && ![...anchors].some((id) => id.startsWith('ref-'))) {
    return 'the page has no bibliography: write <Bibliography /> where it belongs.';
  }
  const kind = anchor.split('-')[0];
  const alike = [...anchors].filter((id) => id.startsWith(`${kind}-`));
  const own =
    alike.length > 0
      ? alike
      : [...anchors].filter((id) => !['', 'top', 'main', 'contents', 'cite'].includes(id));
  return own.length > 0
    ? nearestHint(anchor, own)
    : 'the page has no anchors: a heading of a section makes one.';
};

const origin = 'http://site.invalid';

/**
 * Follows the links of pages within their rendered site, which is whole: to files and to anchors, below the base.
 *
 * @throws DeadLink for the first one in the text that leads nowhere
 */
export const requireLiveLinks = ({ folder, base }: RenderedSite, pages: readonly LinkingPage[]): void => {
  const read = new Map<string, ReadonlySet<string>>();
  const anchorsIn = (page: string): ReadonlySet<string> => {
    const anchors = read.get(page) ?? anchorsOf(page);
    read.set(page, anchors);
    return anchors;
  };
  const dead = ({ href, where }: PageLink, what: string, hint: string): PaperError =>
    new PaperError('DeadLink', `the link '${href}' leads to ${what}.`, { where, hint });
  for (const { path: from, links } of pages) {
    for (const link of links) {
      const { pathname, hash } = new URL(link.href, `${origin}${base}${from}`);
      if (!pathname.startsWith(base)) {
        throw dead(
          link,
          `a place outside of the site, which is served at ${base}`,
          'write it from the page on: ../ is the home page, results.json a file of this paper.',
        );
      }
      const path = join(folder, decoded(pathname.slice(base.length)));
      const file = [path, join(path, 'index.html')].find(isFile);
      if (file === undefined) {
        throw dead(
          link,
          'a file that the site does not have',
          'files of this paper are named from its page on: results.json, tables/<id>.csv, figures/<id>.json.',
        );
      }
      const anchor = decoded(hash.slice(1));
      if (!file.endsWith('.html') || anchorsIn(file).has(anchor)) continue;
      throw dead(link, 'an anchor that its page does not have', anchorHint(anchor, anchorsIn(file)));
    }
  }
};
