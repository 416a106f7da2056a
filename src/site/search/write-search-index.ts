import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PaperError } from '../../engine/stage/index.ts';
import { xmlText } from '../xml-text.ts';
import { type SearchRecord, searchRecords } from './search-records.ts';
import { searchedText } from './searched-text.ts';

/** Of what Pagefind writes: its own dialogs and what marks words on a page stay away. */
const isNeeded = (path: string): boolean =>
  /^(?:index|fragment)\/|^pagefind(?:-worker)?\.js$|^pagefind-entry\.json$|\.pf_meta$|^wasm\.en\./.test(path);

/**
 * What a word weighs in a title and in the text below it. A heading says what its section is about, where a claim's title
 * is a sentence as any other; a table names what its columns hold, and explains none of it.
 */
const weights: Readonly<Record<SearchRecord['kind'], readonly [title: number, text: number]>> = {
  page: [7, 1],
  section: [7, 1],
  claim: [1, 1],
  table: [0.5, 0.5],
};

const documentOf = ({ kind, title, of, text }: SearchRecord): string => {
  const [ofTitle, ofText] = weights[kind];
  return [
    `<html lang="en"><body data-pagefind-meta="kind:${kind}"><main data-pagefind-body>`,
    `<p data-pagefind-weight="${ofTitle}">${xmlText(searchedText(title))}</p>`,
    `<p data-pagefind-weight="${ofText}">${xmlText(searchedText(text))}</p></main>`,
    `<p data-pagefind-meta="title">${xmlText(title)}</p>`,
    `<p data-pagefind-meta="of">${xmlText(of)}</p></body></html>`,
  ].join('');
};

const failed = (what: string, cause?: unknown): PaperError =>
  new PaperError('SearchIndexFailed', `the search index could not be written: ${what}.`, {
    hint: 'Pagefind runs a program of its own, from the package @pagefind/<platform>: run `npm ci --ignore-scripts` without leaving optional packages out, and build again.',
    cause,
  });

/**
 * Puts `pagefind/` into a rendered site: the index of its sections, claims and tables, in pieces of which a reader's
 * browser loads those that a search needs.
 *
 * @param folder the rendered site
 * @param papers ids
 * @throws SearchIndexFailed
 */
export const writeSearchIndex = async (folder: string, papers: readonly string[]): Promise<void> => {
  const { close, createIndex } = await import('pagefind');
  try {
    const { index, errors } = await createIndex({ forceLanguage: 'en' });
    if (!index) throw failed(errors.join('; ') || 'it was not begun');
    for (const record of searchRecords(folder, papers)) {
      const { errors: faults } = await index.addHTMLFile({ url: record.url, content: documentOf(record) });
      if (faults.length > 0) throw failed(`${record.url}: ${faults.join('; ')}`);
    }
    const { files, errors: faults } = await index.getFiles();
    if (faults.length > 0) throw failed(faults.join('; '));
    for (const { path, content } of files.filter((file) => isNeeded(file.path))) {
      const file = join(folder, 'pagefind', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  } catch (error) {
    throw error instanceof PaperError
      ? error
      : failed(error instanceof Error ? error.message : String(error), error);
  } finally {
    await close();
  }
};
