import type { PaperData } from '../../results/paper-data.ts';
import type { ValueJson } from '../client/values-json.ts';
import { claimPlace, usesOf } from '../paper-pages.ts';
import type { GivenPaper } from '../site-build.ts';
import { claimsOn } from './claims-on.ts';
import { madeBy } from './made-by.ts';
import { intervalOf } from './panel-sources.ts';

/** Of several replicates what each has. */
const replicatesOf = ({ values }: PaperData, id: string): ValueJson['replicates'] =>
  Object.entries(values)
    .filter(([of]) => of.startsWith(`${id}.seed-`))
    .map(([of, { value }]) => ({ seed: of.slice(`${id}.seed-`.length), value }));

/** The values of a paper that are of no table, by id: those that its sentences print first. */
export const loneValues = ({ data, stages }: GivenPaper): ReadonlyMap<string, ValueJson> => {
  const uses = usesOf(data.paper);
  const found = Object.keys(data.values)
    .filter((id) => !id.includes('.'))
    .map((id) => {
      const { value, unit, definition, whose, key, stages: makers } = data.values[id]!;
      const told: ValueJson = {
        value,
        unit,
        ...(definition === undefined ? {} : { definition }),
        ...(whose === undefined ? {} : { whose }),
        replicates: replicatesOf(data, id),
        interval: intervalOf(data, id),
        key,
        sentences: uses.get(id) ?? [],
        claims: claimsOn(data, id, (claim) => claimPlace(data.paper, claim)),
        made: madeBy(stages, makers).map(({ name }) => name),
      };
      return [id, told] as const;
    });
  return new Map(
    found.toSorted(([, a], [, b]) => Number(b.sentences.length > 0) - Number(a.sentences.length > 0)),
  );
};
