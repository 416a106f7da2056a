import { deriveValues, type NamedValue } from '../results/derive-values.ts';
import type { Format } from '../results/format.ts';
import { formatNamed } from '../results/format-value.ts';
import type { Row } from '../results/result-schema.ts';
import type { Recomputation, RecomputedRows } from './recomputation.ts';

/** A figure of the page, beside the same computed anew. */
export interface ComparedFigure {
  /** As the page names it. */
  readonly id: string;
  /** As the build computed it: at full precision, and as it is printed. */
  readonly publishedValue: number | string;
  readonly published: string;
  /** As it is printed; null where there is none. */
  readonly recomputed: string | null;
  readonly matches: boolean;
  /** |difference| over |published|; 0 for words, and where both are zero. */
  readonly relativeDifference: number;
}

/** Half a unit in the last digit that is printed. */
const halfUnit = (value: number, format: Format | undefined): number => {
  if (!format) return 0;
  if (format.style === 'count') return 0.5;
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const unit = {
    fixed: -format.digits,
    signed: -format.digits,
    share: -format.digits - 2,
    scientific: exponent - format.digits,
    significant: exponent - format.digits + 1,
  }[format.style];
  return 10 ** unit / 2;
};

const compare = (id: string, published: NamedValue, recomputed: NamedValue | undefined): ComparedFigure => {
  const [a, b] = [published.value, recomputed?.value];
  const common = {
    id,
    publishedValue: a,
    published: formatNamed(published),
    recomputed: recomputed ? formatNamed(recomputed) : null,
  };
  if (typeof a === 'string' || typeof b !== 'number') {
    return { ...common, matches: a === b, relativeDifference: a === b ? 0 : Number.POSITIVE_INFINITY };
  }
  const difference = Math.abs(a - b);
  return {
    ...common,
    // Where a digit turns over, two figures that print differently may be as near as rounding.
    matches: common.published === common.recomputed || difference <= halfUnit(a, published.format),
    relativeDifference: difference === 0 ? 0 : difference / Math.abs(a),
  };
};

/** The seed that a figure is of; null for the leading one, and for what every replicate has a part in `every`. */
const seedOf = (id: string): number | 'every' | null => {
  if (/\.seeds\.(mean|low|high|half-width)$/.test(id)) return 'every';
  const [, seed] = /\.seed-(\d+)$/.exec(id) ?? [];
  return seed === undefined ? null : Number(seed);
};

/**
 * Every figure that a page may print of a table, as the build computed it, beside the same of rows that were computed
 * anew. What depends on a replicate that was not is left out.
 *
 * @param anew of the leading replicate at least
 */
export const compareFigures = (
  { table, presentation }: Pick<Recomputation, 'table' | 'presentation'>,
  anew: readonly RecomputedRows[],
): readonly ComparedFigure[] => {
  const rowsOf = new Map<number | null, readonly Row[]>(anew.map(({ seed, rows }) => [seed, rows]));
  const isWhole = table.replicates.every(({ seed }) => rowsOf.has(seed));
  const published = deriveValues(table, presentation);
  const recomputed = deriveValues(
    {
      ...table,
      replicates: table.replicates.map(({ seed, rows }) => ({ seed, rows: rowsOf.get(seed) ?? rows })),
    },
    presentation,
  );
  return [...published]
    .filter(([id]) => {
      const seed = seedOf(id);
      return seed === null || (seed === 'every' ? isWhole : rowsOf.has(seed));
    })
    .map(([id, value]) => compare(id, value, recomputed.get(id)));
};
