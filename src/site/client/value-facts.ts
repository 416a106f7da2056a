import { withoutReplicate } from '../value-uses.ts';
import { definitionOf, type PanelFacts, sureText } from './panel-facts.ts';
import type { ValuesJson } from './values-json.ts';

/** What a panel tells of a value that is of no table. */
export const valueFacts = ({ values, stages, formulas }: ValuesJson, value: string): PanelFacts => {
  const name = withoutReplicate(value);
  const of = values[name];
  if (!of) throw new Error(`there is no value ${name}`);
  const { unit, replicates, interval, sentences, claims, key, made } = of;
  const each = replicates.flatMap(({ seed, value: found }) =>
    typeof found === 'number' ? [{ seed, value: found }] : [],
  );
  return {
    title: name.replaceAll('-', ' '),
    is: definitionOf(of),
    place: { at: `values/#${name}`, title: 'Values of no table' },
    unit,
    sure: sureText('seed', each, interval),
    null: undefined,
    original: undefined,
    rest: undefined,
    sentences,
    claims: { own: claims, others: [] },
    made: made.flatMap((stage) => (stages[stage] ? [{ name: stage, ...stages[stage] }] : [])),
    key,
    name,
    formulas,
  };
};
