/**
 * The values lock: what the page displayed when its author last accepted it, in a file beside the paper. A line holds
 * a row of a table, so that a change is read as one.
 */
import { z } from 'zod';
import { readLock } from '../results/read-lock.ts';
import type { DisplayedPaper } from './displayed-values.ts';

const fieldSchema = z.strictObject({
  count: z.int(),
  size: z.number(),
  sums: z.tuple([z.number(), z.number(), z.number()]),
});

const sketchSchema = z.strictObject({ form: z.string(), fields: z.record(z.string(), fieldSchema) });

/** `values.lock.json` */
const valuesLockSchema = z.strictObject({
  /** The first two words of an id, a table's row -> the rest of the id, which may be empty -> as printed. */
  values: z.record(z.string(), z.record(z.string(), z.string())),
  figures: z.record(z.string(), sketchSchema),
});

export interface ValuesLock {
  /** Id -> as printed. */
  readonly values: ReadonlyMap<string, string>;
  readonly figures: DisplayedPaper['figures'];
}

/** From the project's root. */
export const valuesLockFile = (paper: string): string => `content/${paper}/values.lock.json`;

/** A table's row, and what stands in it. */
const split = (id: string): readonly [start: string, end: string] => {
  const [table = '', row, ...rest] = id.split('.');
  return row === undefined ? [table, ''] : [`${table}.${row}`, rest.join('.')];
};

export const lockOf = ({ values, figures }: Pick<DisplayedPaper, 'values' | 'figures'>): ValuesLock => ({
  values: new Map([...values].map(([id, { shown }]) => [id, shown])),
  figures,
});

/** @throws BadValuesLock with line and column */
export const readValuesLock = (text: string, file: string): ValuesLock => {
  const { values, figures } = readLock(valuesLockSchema, text, file, {
    error: 'BadValuesLock',
    holds: 'accepted values',
    command: 'npm run paper -- accept --values',
  });
  return {
    values: new Map(
      Object.entries(values).flatMap(([start, ends]) =>
        Object.entries(ends).map(([end, shown]) => [end === '' ? start : `${start}.${end}`, shown] as const),
      ),
    ),
    figures: new Map(Object.entries(figures)),
  };
};

const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number => (a < b ? -1 : 1);

/** The same lock gives the same bytes: ids in order, a line a row. */
export const formatValuesLock = ({ values, figures }: ValuesLock): string => {
  const grouped = new Map<string, [string, string][]>();
  for (const [id, shown] of [...values].toSorted(byName)) {
    const [start, end] = split(id);
    grouped.set(start, [...(grouped.get(start) ?? []), [end, shown]]);
  }
  const lines = (entries: Iterable<readonly [string, unknown]>): string =>
    [...entries].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n');
  const starts = [...grouped]
    .toSorted(byName)
    .map(([start, ends]) => [start, Object.fromEntries(ends)] as const);
  return `{"values": {\n${lines(starts)}\n}, "figures": {\n${lines([...figures].toSorted(byName))}\n}}\n`;
};
