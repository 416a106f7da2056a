/** Ids of results in what a claim's author wrote, in the words that tables print for them. */
import type { PaperData, TableData } from '../results/paper-data.ts';
import { keyColumns, rowKey, wordKey } from '../results/row-key.ts';
import { rowWords } from '../results/row-words.ts';

type Words = ReadonlyMap<string, string>;

const addOnce = (words: Map<string, string>, id: string, word: string): void => {
  if (id !== '' && id !== word && !words.has(id)) words.set(id, word);
};

const plainRows = ({ replicates }: TableData) =>
  (replicates[0]?.rows ?? []).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([id, cell]) => [
        id,
        typeof cell === 'object' && cell !== null ? cell.value : cell,
      ]),
    ),
  );

/** Rows by their names, and words of cells that are ids: plain text, but for labels of columns of numbers that name rows. */
const wordsOfRows = (tables: readonly TableData[]): Words => {
  const words = new Map<string, string>();
  for (const table of tables) {
    const { columns } = table.presentation;
    for (const row of plainRows(table))
      addOnce(words, rowKey(table, row), rowWords(keyColumns(table), columns, row));
  }
  for (const { presentation } of tables)
    for (const { words: own = {} } of Object.values(presentation.columns))
      for (const [id, word] of Object.entries(own)) addOnce(words, wordKey(id), word);
  return words;
};

const wordsOfColumns = (tables: readonly TableData[]): Words => {
  const words = new Map<string, string>();
  for (const { presentation } of tables)
    for (const { id, label } of Object.values(presentation.columns)) addOnce(words, id, label);
  return words;
};

/** An id is a word of its own: what a hyphen joins to it is a part of another. */
const replaced = (text: string, words: Words): string => {
  if (words.size === 0) return text;
  const ids = [...words.keys()].toSorted((a, b) => b.length - a.length);
  // Ids are letters, digits and hyphens: nothing in them means more to an expression.
  const named = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${ids.join('|')})(?![\\p{L}\\p{N}-])`, 'gu');
  return text.replace(named, (id) => words.get(id)!);
};

/** No word of a language is written so. */
const isCode = (id: string): boolean => /[-\d]/.test(id);

/**
 * What a claim rests on, in the words of the tables that it reads: `k-2-t` is K₂ᵀ where they print that.
 *
 * @returns for evidence, where parts between dollar signs are TeX, and for names of readings, which are plain text: in
 *   both ids that a language has as words too are ids only before `has`, where evidence names what it is of
 */
export const evidenceWords = (
  { tables }: Pick<PaperData, 'tables'>,
  reads: readonly string[],
): { readonly inEvidence: (text: string) => string; readonly inReading: (text: string) => string } => {
  const read = reads.flatMap((id) => (Object.hasOwn(tables, id) ? [tables[id]!] : []));
  const rows = wordsOfRows(read);
  const all = new Map([...wordsOfColumns(read), ...rows]);
  const codes = new Map([...rows].filter(([id]) => isCode(id)));
  const inReading = (text: string): string => replaced(text, codes);
  return {
    inEvidence: (text) => {
      const at = text.indexOf(' has ');
      return at < 0 ? inReading(text) : replaced(text.slice(0, at), all) + inReading(text.slice(at));
    },
    inReading,
  };
};
