import '@citation-js/plugin-bibtex';
import { Cite } from '@citation-js/core';
import { PaperError, positionAt } from '../../engine/stage/index.ts';
import { readAuthorText } from '../author-text.ts';
import { texCommands } from './tex-commands.ts';

/** A reference as CSL knows it. */
export interface CslItem {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A paper's references by key, in the order of the file. */
export type Bibliography = ReadonlyMap<string, CslItem>;

/** Fields that no style prints as text, or that are no TeX. */
const unprinted = new Set(['abstract', 'keyword', 'annote', 'URL', 'DOI', 'id', 'citation-key']);

/** Where each entry begins. */
const entriesOf = (text: string): readonly { readonly key: string; readonly offset: number }[] =>
  [...text.matchAll(/@(\w+)\s*[{(]\s*([^,\s{}()=]+)\s*,/g)]
    .filter(([, type = '']) => !/^(comment|string|preamble)$/i.test(type))
    .map(({ 2: key = '', index }) => ({ key, offset: index }));

/** Duplicate keys pass silently in the parser, and the later entry would win. */
const refuseDuplicates = (text: string, file: string): void => {
  const seen = new Set<string>();
  for (const { key, offset } of entriesOf(text)) {
    if (seen.has(key)) {
      throw new PaperError('DuplicateCitation', `'${key}' is defined twice.`, {
        where: positionAt(file, text, offset),
        hint: 'remove one of the two entries, or give it a key of its own.',
      });
    }
    seen.add(key);
  }
};

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([field, part]) => (unprinted.has(field) ? [] : textsIn(part)))
      : [];

/** A command that nothing is known for stays in the text as it was typed: it would be printed so. */
const refuseRawTex = (item: CslItem, text: string, file: string): void => {
  const entries = entriesOf(text);
  const at = entries.findIndex(({ key }) => key === item.id);
  const start = entries[at]?.offset ?? 0;
  const source = text.slice(start, entries[at + 1]?.offset);
  const printed = textsIn(item);
  for (const { 0: raw, 1: name = '', index: offset } of source.matchAll(/\\([a-zA-Z]+|[\s\S]|$)/g)) {
    if (texCommands.includes(name) || !printed.some((part) => part.includes(raw))) continue;
    throw new PaperError('UnknownTex', `'${item.id}' holds TeX that is not known here: ${raw}.`, {
      where: positionAt(file, text, start + offset),
      details: ['expected accents, letters, \\emph, \\textbf, powers and Greek letters between dollar signs'],
      hint: 'write what it prints, in Unicode.',
    });
  }
};

const options = {
  forceType: '@biblatex/text',
  target: '@csl/list+object',
  maxChainLength: 10,
  generateGraph: false,
  strict: true,
};

const parsed = (text: string): readonly CslItem[] =>
  text.trim() === '' ? [] : (new Cite(text, options).data as unknown as CslItem[]);

/** The place that the parser names in a file's text; of a field's text, the entry that holds it. */
const placeOf = (text: string, message: string) => {
  const [, line, column] = /at line (\d+) col (\d+)/.exec(message) ?? [];
  if (line !== undefined && line !== '0') return { line: Number(line), column: Number(column) };
  const entries = entriesOf(text);
  const broken = entries.find(({ offset }, at) => {
    try {
      parsed(text.slice(offset, entries[at + 1]?.offset));
      return false;
    } catch {
      return true;
    }
  });
  if (!broken) return {};
  const { line: first, column: from } = positionAt('', text, broken.offset);
  return { line: first, column: from };
};

/** An accent on a letter that was written without its dot is the accent on the letter. */
const composed = (part: unknown): unknown =>
  typeof part === 'string'
    ? part.replace(/[ıȷ](?=\p{M})/gu, (letter) => (letter === 'ı' ? 'i' : 'j')).normalize('NFC')
    : Array.isArray(part)
      ? part.map(composed)
      : typeof part === 'object' && part !== null
        ? Object.fromEntries(Object.entries(part).map(([field, inner]) => [field, composed(inner)]))
        : part;

const parseBibliography = (text: string, file: string): Bibliography => {
  refuseDuplicates(text, file);
  let items: readonly CslItem[];
  try {
    items = parsed(text);
  } catch (cause) {
    const { message } = cause as Error;
    const words = message.split('\n')[0]?.replace(/ at line \d+ col \d+:?$/, '');
    throw new PaperError('BadBibliography', `${file} cannot be read: ${words}`, {
      where: { file, ...placeOf(text, message) },
      hint: 'check the braces, commas and dollar signs of the entry there, and of the one before it.',
      cause,
    });
  }
  const found = new Map<string, CslItem>();
  for (const item of items) {
    const id = String(item.id);
    refuseRawTex(item, text, file);
    found.set(id, composed({ ...item, id }) as CslItem);
  }
  return found;
};

/** By path. A dev server compiles a page at each edit of its prose: what did not change is not parsed again. */
const lastRead = new Map<string, { readonly text: string; readonly entries: Bibliography }>();

/**
 * A paper's references by key.
 *
 * @param path of the BibTeX file
 * @param file how an error's reader knows it
 * @throws DuplicateCitation; BadBibliography when it does not parse; UnknownTex; NotUtf8
 */
export const readBibliography = (path: string, file: string): Bibliography => {
  const text = readAuthorText(path, file);
  const before = lastRead.get(path);
  if (before?.text === text) return before.entries;
  const entries = parseBibliography(text, file);
  lastRead.set(path, { text, entries });
  return entries;
};
