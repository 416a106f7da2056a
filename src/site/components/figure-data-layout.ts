import type { DatasetRow } from '../../figures/dataset-rows.ts';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { isPart } from '../../figures/specification-part.ts';
import { formatCell } from '../../results/format-value.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { keyColumns } from '../../results/row-key.ts';

/** A column of what a figure draws, for those who read it as a table. */
export interface FigureColumn {
  readonly id: string;
  /** In words; parts between dollar signs are TeX. */
  readonly label: string;
  /** Whether it names the row. */
  readonly isKey: boolean;
  readonly isNumber: boolean;
  readonly text: (row: DatasetRow) => string;
}

const plain = (id: string): string => id.replaceAll('-', ' ');

/** What stands beside a column, by how its name ends, in the order in which ends are tried. */
const ends: readonly (readonly [end: string, words: string])[] = [
  ['-null-low', 'null, lower bound'],
  ['-null-high', 'null, upper bound'],
  ['-null-mean', 'null, mean'],
  ['-null-sd', 'null, standard deviation'],
  ['-lowest', 'lowest'],
  ['-highest', 'highest'],
  ['-reported', 'reported'],
  ['-low', 'lower bound'],
  ['-high', 'upper bound'],
];

/** A dataset by its last part; the table's own rows are every replicate's. */
const kinds: Readonly<Record<string, string>> = { mean: 'mean', reported: 'reported' };

/** Field -> what the drawing calls it: the name at its line, or a title that it shares with no other field. */
const namesIn = (spec: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> => {
  const { directLabels } = isPart(spec['usermeta']) ? spec['usermeta'] : {};
  const strokes = isPart(directLabels) && isPart(directLabels['strokes']) ? directLabels['strokes'] : {};
  const atLines = new Map<string, string>();
  const fieldsOf = new Map<string, Set<string>>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const member of node) visit(member);
    if (!isPart(node)) return;
    const { mark, encoding, field, title } = node;
    const y = isPart(encoding) && isPart(encoding['y']) ? encoding['y']['field'] : undefined;
    const colour = isPart(mark) && mark['type'] !== 'area' ? mark['color'] : undefined;
    if (typeof y === 'string' && typeof colour === 'string') {
      const name = ownOf(strokes, colour);
      if (typeof name === 'string') atLines.set(y, name);
    }
    if (typeof field === 'string' && typeof title === 'string')
      fieldsOf.set(title, (fieldsOf.get(title) ?? new Set()).add(field));
    for (const [key, member] of Object.entries(node)) if (key !== 'datasets') visit(member);
  };
  visit(spec);
  const titled = [...fieldsOf].flatMap(([title, fields]) => {
    const [only, ...others] = fields;
    return others.length === 0 ? [[only!, title] as const] : [];
  });
  return new Map([...titled, ...atLines]);
};

/** What a figure draws as a table: first what names its rows, then what is drawn, each column with a head in words. */
export const figureColumnsOf = (
  { tables }: Pick<PaperData, 'tables'>,
  { datasets, rows, columns, spec }: Pick<DrawnFigure, 'datasets' | 'rows' | 'columns' | 'spec'>,
): readonly FigureColumn[] => {
  const read = datasets.flatMap((name) => ownOf(tables, name.split('.')[0]!) ?? []);
  const present = new Set(rows.flatMap((row) => Object.keys(row)));
  const [first = ''] = columns;
  const keys = read.length > 0 ? [...new Set(read.flatMap(keyColumns))] : [first];
  const naming = ['dataset', ...keys, 'seed'].filter((id) => present.has(id));
  const drawn = namesIn(spec);
  const labelled = (id: string): string | undefined => {
    const shown = read.flatMap(({ presentation }) => ownOf(presentation.columns, id) ?? []);
    return shown.find(({ label }) => label !== id)?.label ?? drawn.get(id);
  };
  const labelOf = (id: string): string => {
    const own = labelled(id);
    if (own !== undefined) return own;
    const [end, words] = ends.find(([ending]) => id.endsWith(ending)) ?? [];
    if (end === undefined) return plain(id);
    const of = id.slice(0, -end.length);
    return `${labelled(of) ?? plain(of)}, ${words}`;
  };
  const datasetWords = (name: string): string => {
    const [id = '', part = ''] = name.split('.');
    const { title = plain(id), replicates } = ownOf(tables, id)?.presentation ?? {};
    const kind = kinds[part] ?? (replicates ? `each ${replicates.one}` : '');
    return [...(new Set(read.map((table) => table.id)).size > 1 ? [title] : []), kind].join(', ') || title;
  };
  const textOf = (id: string) => {
    const words = read.map(({ presentation }) => ownOf(presentation.columns, id)?.words).find(Boolean);
    return (row: DatasetRow): string => {
      const cell = row[id] ?? null;
      if (id === 'dataset') return datasetWords(String(cell));
      const isMeasured = typeof cell === 'number' && !Number.isInteger(cell);
      return formatCell(cell, {
        ...(isMeasured ? { format: { style: 'significant', digits: 4 } as const } : {}),
        ...(words ? { words } : {}),
      });
    };
  };
  return [...new Set([...naming, ...columns])].map((id) => ({
    id,
    label: id === 'dataset' ? 'figures' : labelOf(id),
    isKey: naming.includes(id),
    isNumber: rows.every((row) => typeof (row[id] ?? 0) === 'number'),
    text: textOf(id),
  }));
};
