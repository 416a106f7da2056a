import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { SourcePosition } from '../engine/stage/index.ts';
import type { Masthead } from '../exports/export-document.ts';
import { joinPages } from '../exports/join-pages.ts';
import { makeExports } from '../exports/make-exports.ts';
import { withPrinter } from '../exports/print-page.ts';
import { readAuthorText } from '../site/author-text.ts';
import { leftMark } from '../site/file-facts.ts';
import { elementPlaces } from '../site/markdown/element-places.ts';
import { pageFile } from '../site/page-files.ts';
import type { PageFrontmatter } from '../site/page-frontmatter.ts';
import { publicationDate } from '../site/page-metadata.ts';
import type { SiteBuild } from '../site/site-build.ts';
import { commitWords, noDate, type SiteOrigin } from '../site/site-origin.ts';
import { summaryText } from '../site/summary-text.ts';
import { canonicalIn } from './canonical-in.ts';
import { compiledPages } from './compiled-pages.ts';
import { serveAsHost } from './serve-as-host.ts';

const mastheadOf = (frontmatter: PageFrontmatter, origin: SiteOrigin, address: string | null): Masthead => {
  const { title, summary, authors, organizations, date, license, original } = frontmatter;
  return {
    title,
    summary: summaryText(summary),
    authors,
    organizations,
    date: publicationDate(date, origin) ?? null,
    license: license ?? null,
    original: original ? `after “${original.title}”, ${original.authors}, ${original.date}` : null,
    address,
    commit: commitWords(origin),
  };
};

/** Where an author wrote an element: itself, or the first component that a page brought, which gave it. */
const whereIn =
  (root: string, files: readonly string[]) =>
  ({ tagName }: { readonly tagName: string }): SourcePosition => {
    const found = files.map((file) => {
      const text = readAuthorText(join(root, file), file);
      const brought = new Set([...text.matchAll(/^import\s+(?:\{\s*)?(\w+)/gm)].map(([, name]) => name));
      const places = elementPlaces(text).map((place) => ({ ...place, file }));
      return {
        itself: places.find(({ name }) => name === tagName),
        giver: places.find(({ name }) => brought.has(name.split('.')[0])),
      };
    });
    const place = found.find(({ itself }) => itself)?.itself ?? found.find(({ giver }) => giver)?.giver;
    return place ? { file: place.file, line: place.line, column: place.column } : { file: files[0] ?? '' };
  };

const withServer = async <T>(folder: string, use: (host: string) => Promise<T>): Promise<T> => {
  const server = createServer(serveAsHost(folder));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

/**
 * Makes the exports of every paper from its page as it was rendered, and puts them beside it.
 *
 * @param made the rendered site, in a folder that is thrown away with it or by a later build
 * @throws NoChromium, and what makeExports throws
 */
export const putExports = (root: string, made: string, site: SiteBuild): Promise<void> =>
  withServer(made, (host) =>
    withPrinter(join(dirname(made), 'print'), async (print) => {
      for (const [paper, { data }] of site.papers) {
        const startMs = performance.now();
        const pages = compiledPages(root, site, paper);
        const { frontmatter } = pages[0]!.page;
        const html = joinPages(
          pages.map(({ path }) => ({
            path,
            html: readFileSync(join(made, paper, path, 'index.html'), 'utf8'),
          })),
        );
        const address = canonicalIn(html);
        const bibliography = join(root, 'content', paper, 'references.bib');
        const files = await makeExports({
          paper,
          html,
          masthead: mastheadOf(frontmatter, site.origin, address),
          values: data.values,
          references: existsSync(bibliography) ? readFileSync(bibliography, 'utf8') : null,
          whereOf: whereIn(
            root,
            pages.map(({ name }) => pageFile(paper, name)),
          ),
          leftMark,
          print: (nPictures) =>
            print(
              { served: `${host}${site.base}${paper}/`, html, address, date: site.origin.date ?? noDate },
              nPictures,
            ),
        });
        for (const [path, content] of files) {
          await mkdir(dirname(join(made, paper, path)), { recursive: true });
          await writeFile(join(made, paper, path), content);
        }
        const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
        console.log(`${paper}: exported and read back, in ${seconds} s`);
      }
    }),
  );
