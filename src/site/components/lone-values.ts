import { flatten } from '../../results/flat-table.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { rowKey } from '../../results/row-key.ts';
import type { ValueJson } from '../client/values-json.ts';
import { claimPlace, usesOf } from '../paper-pages.ts';
import type { GivenPaper } from '../site-build.ts';
import { claimsOn } from './claims-on.ts';
import { madeBy } from './made-by.ts';
import { intervalOf } from './panel-sources.ts';

/** What each of several replicates has, by the value that they repeat: thousands of values are looked through once. */
const replicatesIn = ({ values }: PaperData): ReadonlyMap<string, ValueJson['replicates']> => {
  const found = new Map<string, ValueJson['replicates'][number][]>();
  for (const [id, { value }] of Object.entries(values)) {
    const [, of, seed] = /^([^.]+)\.seed-(.*)$/.exec(id) ?? [];
    if (of === undefined || seed === undefined) continue;
    const beside = found.get(of);
    if (beside) beside.push({ seed, value });
    else found.set(of, [{ seed, value }]);
  }
  return found;
};

/**
 * The one figure of a table that a value is, to its last bit, among those that the same run made: what is known of that
 * figure is known of the value. A whole number may be equal by chance.
 */
const cellOf = ({ tables }: PaperData, value: number | string, key: string): string | undefined => {
  if (typeof value === 'string' || Number.isInteger(value)) return undefined;
  const equal = Object.values(tables)
    .filter((table) => table.key === key)
    .flatMap((table) =>
      flatten(table).replicates[0]!.rows.flatMap((row) =>
        Object.keys(row)
          .filter((column) => row[column] === value)
          .map((column) => `${table.id}.${rowKey(table, row)}.${column}`),
      ),
    );
  return equal.length === 1 ? equal[0] : undefined;
};

/** The values of a paper that are of no table, by id: those that its sentences print first. */
export const loneValues = (given: GivenPaper): ReadonlyMap<string, ValueJson> => {
  const { data } = given;
  const uses = usesOf(data.paper);
  const replicates = replicatesIn(data);
  const found = Object.keys(data.values)
    .filter((id) => !id.includes('.'))
    .map((id) => {
      const { value, unit, definition, whose, key, stages: makers } = data.values[id]!;
      const cell = cellOf(data, value, key);
      const made = madeBy(given, makers, id);
      const told: ValueJson = {
        value,
        unit,
        ...(definition === undefined ? {} : { definition }),
        ...(whose === undefined ? {} : { whose }),
        replicates: replicates.get(id) ?? [],
        interval: intervalOf(data, id),
        ...(cell === undefined ? {} : { cell }),
        key,
        sentences: uses.get(id) ?? [],
        claims: claimsOn(data, id, (claim) => claimPlace(data.paper, claim)),
        made: made.map(({ name }) => name),
        givenAt: Object.fromEntries(
          made.filter(({ name }) => makers.includes(name)).map(({ name, definition }) => [name, definition]),
        ),
      };
      return [id, told] as const;
    });
  return new Map(
    found.toSorted(([, a], [, b]) => Number(b.sentences.length > 0) - Number(a.sentences.length > 0)),
  );
};
