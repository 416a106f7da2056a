/** `ro-crate-metadata.json`: the paper's folder as a research object (RO-Crate 1.1). */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOfFile } from '../engine/index.ts';
import type { FileFacts } from '../site/file-facts.ts';
import { mediaTypeOf } from '../site/media-type-of.ts';
import { authorType, type PageFrontmatter } from '../site/page-frontmatter.ts';
import { publicationDate } from '../site/page-metadata.ts';
import { noDate, type SiteOrigin, versionOf } from '../site/site-origin.ts';
import { summaryText } from '../site/summary-text.ts';
import { filesBelow } from './files-below.ts';

/** A file of the crate, below its folder. Of a page no digest: it names fonts, which are cut to what all pages print. */
export interface CrateFile extends Pick<FileFacts, 'sizeBytes'>, Partial<Pick<FileFacts, 'sha256'>> {
  readonly path: string;
}

export const factsIn =
  (folder: string) =>
  (path: string): FileFacts => {
    const file = join(folder, path);
    return { sizeBytes: statSync(file).size, sha256: digestOfFile(file) };
  };

/** Every file below the crate's folder. */
export const crateFiles = (folder: string): readonly CrateFile[] =>
  filesBelow(folder).map((file) => {
    const path = file.slice(folder.length + 1);
    return path.endsWith('.html')
      ? { path, sizeBytes: statSync(file).size }
      : { path, ...factsIn(folder)(path) };
  });

/** An identifier within the crate: a relative address. */
const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * The crate's description: its root with title, authors, date and terms, and every file with its size and form.
 *
 * @see RO-Crate 1.1, "Root Data Entity" and "Data Entities"
 */
export const roCrate = (
  frontmatter: PageFrontmatter,
  origin: SiteOrigin,
  files: readonly CrateFile[],
): object => {
  const { title, summary, authors, date, license } = frontmatter;
  const version = versionOf(origin);
  const people = authors.map((name, at) => ({
    '@id': `#author-${at + 1}`,
    '@type': authorType(frontmatter, name),
    name,
  }));
  const references = (entities: readonly { readonly '@id': string }[]) => {
    const ids = entities.map(({ '@id': id }) => ({ '@id': id }));
    // Compacted, as the standard recommends: a list of one is that one.
    return ids.length === 1 ? ids[0] : ids;
  };
  const terms = { '@id': '#license', '@type': 'CreativeWork', name: license ?? 'Not stated.' };
  const parts = files.map(({ path, sizeBytes, sha256 }) => ({
    '@id': addressOf(path),
    '@type': 'File',
    name: path,
    contentSize: String(sizeBytes),
    encodingFormat: mediaTypeOf(path),
    ...(sha256 === undefined ? {} : { sha256 }),
  }));
  return {
    // A term of schema.org that the context of RO-Crate 1.1 lacks, and that of 1.2 has.
    '@context': ['https://w3id.org/ro/crate/1.1/context', { sha256: 'http://schema.org/sha256' }],
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' },
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: title,
        description: summaryText(summary),
        datePublished: publicationDate(date, origin) ?? noDate,
        license: { '@id': terms['@id'] },
        author: references(people),
        ...(version === null ? {} : { version }),
        ...(origin.repository === null ? {} : { isBasedOn: origin.repository }),
        hasPart: references(parts),
      },
      terms,
      ...people,
      ...parts,
    ],
  };
};
