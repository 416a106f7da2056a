import { posix } from 'node:path';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { LinkTargets } from './link-targets.ts';
import type { PageLink } from './site-build.ts';

export interface LinkingPage {
  /** Its address below the base: ends with a slash; empty for the home page. */
  readonly path: string;
  readonly links: readonly PageLink[];
}

/** What does not decode names nothing, as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Every page has them, by its standard and by its layout. */
const everywhere = ['', 'top'];

/** What to do about an anchor that is not there. */
const anchorHint = (anchor: string, anchors: readonly string[]): string => {
  if (anchor.startsWith('ref-') && !anchors.some((id) => id.startsWith('ref-'))) {
    return 'the page has no bibliography: write <Bibliography /> where it belongs.';
  }
  const kind = anchor.split('-')[0];
  const alike = anchors.filter((id) => id.startsWith(`${kind}-`));
  const own =
    alike.length > 0
      ? alike
      : anchors.filter((id) => !['main', 'contents', 'contents-link', 'cite', 'files'].includes(id));
  return own.length > 0
    ? nearestHint(anchor, [...new Set(own)].toSorted())
    : 'the page has no anchors: a heading of a section makes one.';
};

const origin = 'http://site.invalid';

/**
 * Follows the links of pages within their site: to files and to anchors, below the base.
 *
 * @param base where the site will be served: begins and ends with a slash
 * @param elsewhere papers that the site is built without for once: what they have is not known
 * @returns DeadLink for each that leads nowhere, in the order of the pages
 */
export const deadLinks = (
  { files, anchorsIn }: LinkTargets,
  base: string,
  pages: readonly LinkingPage[],
  elsewhere: readonly string[],
): readonly PaperError[] => {
  const faultOf = (from: string, { href, where }: PageLink): PaperError | undefined => {
    const dead = (what: string, hint: string): PaperError =>
      new PaperError('DeadLink', `the link '${href}' leads to ${what}.`, { where, hint });
    const { pathname, hash } = new URL(href, `${origin}${base}${from}`);
    if (!pathname.startsWith(base)) {
      return dead(
        `a place outside of the site, which is served at ${base}`,
        'write it from the page on: ../ is the home page, results.json a file of this paper.',
      );
    }
    const path = posix.normalize(decoded(pathname.slice(base.length)));
    const file = [path, posix.join(path, 'index.html')].find((name) => files.has(name));
    if (file === undefined) {
      if (elsewhere.includes(path.split('/')[0] ?? '')) return undefined;
      return dead(
        'a file that the site does not have',
        'files of this paper are named from its page on: results.json, tables/<id>.csv, figures/<id>.json.',
      );
    }
    const anchor = decoded(hash.slice(1));
    if (!file.endsWith('.html') || everywhere.includes(anchor) || anchorsIn(file).includes(anchor))
      return undefined;
    return dead('an anchor that its page does not have', anchorHint(anchor, anchorsIn(file)));
  };
  return pages.flatMap(({ path, links }) => links.flatMap((link) => faultOf(path, link) ?? []));
};
