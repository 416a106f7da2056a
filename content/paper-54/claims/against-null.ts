/** Figures of a table, each held against the null of its own row. */
import { type Assessment, above, below, type ResultReader, within } from 'reproducible-paper/claims';

/**
 * A bound is the 97.5 % quantile of 199 draws at the fewest, and varies by about 0.19 standard deviations of the null
 * itself: sqrt(0.975 x 0.025 / 199) over the normal density there. Within two of those nothing is decided.
 */
const nullNoise = 0.4;

/** @param of what is measured, where one of many decides */
export const nullScale = (sd: number, of?: string) => ({
  predicate: '',
  per: sd,
  unit: 'null sd',
  noise: nullNoise,
  ...(of === undefined ? {} : { of }),
});

type Assess = (figure: number, low: number, high: number, scale: ReturnType<typeof nullScale>) => Assessment;

/** One assessment a row, of all rows or of some. */
const perRow = (
  { column, rows }: ResultReader,
  table: string,
  name: string,
  assess: Assess,
  isAsked: (row: string) => boolean = () => true,
): readonly Assessment[] => {
  const ids = rows(table);
  const beside = (role: string) => column(table, `${name}-null-${role}`).numbers;
  const [low, high, sd] = [beside('low'), beside('high'), beside('sd')];
  return column(table, name)
    .numbers.map((figure, row) =>
      isAsked(ids[row]!)
        ? assess(figure, low[row]!, high[row]!, nullScale(sd[row]!, `${name} of ${ids[row]}`))
        : null,
    )
    .filter((found) => found !== null);
};

const held =
  (assess: Assess) =>
  (results: ResultReader, table: string, name: string, isAsked?: (row: string) => boolean) =>
    perRow(results, table, name, assess, isAsked);

export const insideNull = held(within);
export const aboveNull = held((x, _, high, scale) => above(x, high, scale));
export const belowNull = held((x, low, _, scale) => below(x, low, scale));
/** No larger than chance makes it. */
export const notAboveNull = held((x, _, high, scale) => below(x, high, scale));

/** A rule for patterns over layers: seven of eight, fixed before any figure was looked at. */
export const nearlyAll = 7 / 8;
