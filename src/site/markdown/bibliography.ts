import { readFileSync } from 'node:fs';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { Cite } from '@citation-js/core';
import { PaperError } from '../../engine/stage/index.ts';

export interface BibliographyEntry {
  readonly key: string;
  /** `Roy and Vetterli 2007` */
  readonly short: string;
  /** The full entry in APA style, HTML. */
  readonly html: string;
}

interface CslItem {
  readonly id: string;
  readonly author?: readonly { readonly family?: string; readonly literal?: string }[];
  readonly issued?: { readonly 'date-parts'?: readonly (readonly (number | string)[])[] };
}

const shortOf = ({ author = [], issued }: CslItem): string => {
  const names = author.map(({ family, literal }) => family ?? literal ?? '');
  const who = names.length > 2 ? `${names[0]} et al.` : names.join(' and ');
  return `${who} ${issued?.['date-parts']?.[0]?.[0] ?? ''}`.trim();
};

/** Duplicate keys pass silently in the parser, and the later entry would win. */
const refuseDuplicates = (text: string, file: string): void => {
  const seen = new Set<string>();
  text.split('\n').forEach((line, index) => {
    const key = /^\s*@\w+\{\s*([^,\s]+)\s*,/.exec(line)?.[1];
    if (key === undefined) return;
    if (seen.has(key)) {
      throw new PaperError('DuplicateCitation', `'${key}' is defined twice.`, {
        where: { file, line: index + 1, column: 1 },
        hint: 'remove one of the two entries, or give it a key of its own.',
      });
    }
    seen.add(key);
  });
};

const parseBibliography = (text: string, file: string): ReadonlyMap<string, BibliographyEntry> => {
  refuseDuplicates(text, file);
  try {
    const cite = new Cite(text);
    const formatted = cite.format('bibliography', {
      format: 'html',
      template: 'apa',
      lang: 'en-US',
      asEntryArray: true,
    }) as [string, string][];
    const items = new Map((cite.data as CslItem[]).map((item) => [item.id, item]));
    return new Map(
      formatted.map(([key, html]) => [
        key,
        { key, short: shortOf(items.get(key) ?? { id: key }), html: html.trim() },
      ]),
    );
  } catch (cause) {
    throw new PaperError(
      'BadBibliography',
      `${file} cannot be read: ${(cause as Error).message.split('\n')[0]}`,
      {
        where: { file },
        hint: 'check the braces and commas of the entry that was added last.',
        cause,
      },
    );
  }
};

/** By path. A dev server compiles a page at each edit of its prose: what did not change is not parsed again. */
const lastRead = new Map<
  string,
  { readonly text: string; readonly entries: ReadonlyMap<string, BibliographyEntry> }
>();

/**
 * A paper's references by key.
 *
 * @param path of the BibTeX file
 * @param file how an error's reader knows it
 * @throws DuplicateCitation; BadBibliography when it does not parse
 */
export const readBibliography = (path: string, file: string): ReadonlyMap<string, BibliographyEntry> => {
  const text = readFileSync(path, 'utf8');
  const before = lastRead.get(path);
  if (before?.text === text) return before.entries;
  const entries = parseBibliography(text, file);
  lastRead.set(path, { text, entries });
  return entries;
};
