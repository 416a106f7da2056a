import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { BenchRow } from './bench-row.ts';

/** A row as it is kept. Of some that were recorded as words alone there are no figures, or no peer. */
export interface RecordedRow extends Partial<BenchRow> {
  readonly id: string;
  readonly part: string;
  /** As `2026-11-28`. */
  readonly date: string;
}

/** What one machine measured last. */
export interface BenchRecord {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly rows: readonly RecordedRow[];
}

const file = 'docs/speed.json';

export const readRecords = (): readonly BenchRecord[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly BenchRecord[]) : [];

/** Memory differs by what else a host gave away: the rest names a machine. */
const nameOf = ({ memoryBytes: _, ...machine }: BenchRecord['machine']): string => JSON.stringify(machine);

/** Puts rows of a part in the place of those that the same machine recorded before. */
export const withRows = (
  records: readonly BenchRecord[],
  machine: BenchRecord['machine'],
  part: string,
  date: string,
  rows: readonly BenchRow[],
): readonly BenchRecord[] => {
  const before = records.find((record) => nameOf(record.machine) === nameOf(machine));
  const kept = before?.rows.filter((row) => row.part !== part) ?? [];
  const record = { machine, rows: [...kept, ...rows.map((row) => ({ part, date, ...row }))] };
  return [...records.filter((other) => other !== before), record];
};

export const writeRecords = (records: readonly BenchRecord[]): void =>
  writeFileSync(file, `${JSON.stringify(records, null, 2)}\n`);
