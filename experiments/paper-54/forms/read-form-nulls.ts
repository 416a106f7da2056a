import { float64Of, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import type { Cell } from 'reproducible-paper/results';
import { type FormNullName, formNullNames } from './form-nulls.ts';
import { cellFigures, type Statistic, statistics } from './null-summary.ts';

type CellFigures = Readonly<Record<(typeof cellFigures)[number], number>>;

/** What `formNulls` wrote, or `formFound` in its place. */
export interface FormNullsRead {
  readonly nLayers: number;
  readonly nHeads: number;
  readonly draws: number;
  /** Cosine of a cell; head `nHeads` is the sum over heads. */
  readonly observed: (layer: number, test: number, head: number) => number;
  /** null where the null says nothing of it */
  readonly cell: (name: FormNullName, layer: number, test: number, head: number) => CellFigures | null;
  /** A statistic of the seed, the observed one first [1 + draws]; null where the null says nothing of it. */
  readonly pooled: (name: FormNullName, test: number, statistic: Statistic) => Float64Array | null;
  /** By test: the largest cosine with M^T that any form could have; null where M on tokens is not kept. */
  readonly carried: readonly (number | null)[];
}

export const readFormNulls = (path: string): FormNullsRead => {
  const file = readSafetensors(path);
  const [nLayers = 0, tests = 0, heads = 0] = file.tensors.get('observed')?.shape ?? [];
  const draws = Number(file.metadata['draws']);
  const observed = float64Of(file, 'observed');
  const cells = new Map(formNullNames.map((name) => [name, float64Of(file, `${name}.cells`)]));
  const pooled = new Map(formNullNames.map((name) => [name, float64Of(file, `${name}.pooled`)]));
  const place = (layer: number, test: number, head: number): number => (layer * tests + test) * heads + head;
  return {
    nLayers,
    nHeads: heads - 1,
    draws,
    observed: (...at) => observed[place(...at)]!,
    cell: (name, ...at) => {
      const from = place(...at) * cellFigures.length;
      const figures = cellFigures.map((id, index) => [id, cells.get(name)![from + index]!] as const);
      return Number.isNaN(figures[0]![1]) ? null : (Object.fromEntries(figures) as CellFigures);
    },
    pooled: (name, test, statistic) => {
      const from = (test * statistics.length + statistics.indexOf(statistic)) * (1 + draws);
      const found = pooled.get(name)!.slice(from, from + 1 + draws);
      return Number.isNaN(found[0]!) ? null : found;
    },
    carried: [...float64Of(file, 'carried')].map((x) => (Number.isNaN(x) ? null : x)),
  };
};

/** A layer's cosine of the sum over heads beside its Haar null, as a table's cell. */
export const sumCell = (kept: FormNullsRead, layer: number, test: number, nHeads: number): Cell => {
  const { mean, sd, low, high, p } = kept.cell('haar', layer, test, nHeads)!;
  return { value: kept.observed(layer, test, nHeads), null: { mean, sd, low, high, p } };
};
