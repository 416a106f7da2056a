/** `ro-crate-metadata.json`: the paper's folder as a research object (RO-Crate 1.1). */

import { statSync } from 'node:fs';
import { mediaTypeOf } from '../site/media-type-of.ts';
import { authorType, type PageFrontmatter } from '../site/page-frontmatter.ts';
import { publicationDate } from '../site/page-metadata.ts';
import { noDate, type SiteOrigin } from '../site/site-origin.ts';
import { summaryText } from '../site/summary-text.ts';
import { filesBelow } from './files-below.ts';

/** A file of the crate, below its folder. */
export interface CrateFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Every file below the crate's folder. */
export const crateFiles = (folder: string): readonly CrateFile[] =>
  filesBelow(folder).map((path) => ({
    path: path.slice(folder.length + 1),
    sizeBytes: statSync(path).size,
  }));

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
  const parts = files.map(({ path, sizeBytes }) => ({
    '@id': addressOf(path),
    '@type': 'File',
    name: path,
    contentSize: String(sizeBytes),
    encodingFormat: mediaTypeOf(path),
  }));
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
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
        ...(origin.commit === null ? {} : { version: origin.commit }),
        ...(origin.repository === null ? {} : { isBasedOn: origin.repository }),
        hasPart: references(parts),
      },
      terms,
      ...people,
      ...parts,
    ],
  };
};
