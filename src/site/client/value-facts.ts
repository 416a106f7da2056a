import { seedWords } from '../../results/replicate-words.ts';
import { withoutReplicate } from '../value-uses.ts';
import { definitionOf, type PanelFacts, sureText } from './panel-facts.ts';
import { replicatePart } from './replicate-part.ts';
import { tableFacts } from './table-facts.ts';
import type { TableJson } from './table-json.ts';
import type { ValuesJson } from './values-json.ts';

/**
 * What a panel tells of a value that is of no table.
 *
 * @param table the one that has the figure that the value is, if any does: what it knows of it is told too
 */
export const valueFacts = (
  { values, stages, formulas }: ValuesJson,
  value: string,
  table?: TableJson,
): PanelFacts => {
  const name = withoutReplicate(value);
  const of = values[name];
  if (!of) throw new Error(`there is no value ${name}`);
  const { unit, replicates, interval, cell, sentences, claims, key, made, givenAt } = of;
  // Of several replicates, the same one of the figure.
  const figure =
    table && cell !== undefined ? tableFacts(table, `${cell}${value.slice(name.length)}`) : undefined;
  const part = replicates.length > 0 ? replicatePart(value, seedWords) : undefined;
  const among = part ? [part.words] : [];
  const each = replicates.flatMap(({ seed, value: found }) =>
    typeof found === 'number' ? [{ seed, value: found }] : [],
  );
  return {
    title: [name.replaceAll('-', ' '), ...among].join(', '),
    is: definitionOf(of, ...among),
    place: { at: `values/#${name}`, title: 'Values of no table' },
    unit,
    figure: figure && { of: figure.title, ...figure.place },
    sure: sureText(seedWords.one, each, interval) ?? figure?.sure,
    null: figure?.null,
    original: figure?.original,
    rest: figure?.rest,
    sentences,
    claims: figure
      ? {
          own: [...claims, ...figure.claims.own.filter(({ id }) => claims.every((of) => of.id !== id))],
          others: figure.claims.others,
        }
      : { own: claims, others: [] },
    made: made.flatMap((stage) => {
      const ran = stages[stage];
      return ran ? [{ name: stage, ...ran, definition: givenAt[stage] ?? ran.definition }] : [];
    }),
    key,
    name,
    formulas: { ...formulas, ...figure?.formulas },
  };
};
