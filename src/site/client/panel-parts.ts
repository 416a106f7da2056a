import type { ClaimOn } from '../components/claims-on.ts';
import { withoutReplicate } from '../value-uses.ts';
import { copyButton } from './copy-button.ts';
import { element } from './element.ts';
import { type Formulas, labelNodes } from './label-nodes.ts';
import { madeParts, type PanelPlace } from './made-parts.ts';
import type { PanelFacts } from './panel-facts.ts';
import { tableFacts } from './table-facts.ts';
import type { TableJson } from './table-json.ts';
import { valueFacts } from './value-facts.ts';
import type { ValuesJson } from './values-json.ts';

type Parts = readonly (Node | string)[];
type Term = readonly [name: string, parts: Parts];

const linkList = (
  links: readonly { readonly at: string; readonly text: string }[],
  home: string,
  formulas: Formulas,
): Node =>
  element(
    'ul',
    {},
    ...links.map(({ at, text }) =>
      element('li', {}, element('a', { href: `${home}${at}` }, ...labelNodes(text, formulas))),
    ),
  );

const headings = (claims: readonly ClaimOn[]) => claims.map(({ at, heading }) => ({ at, text: heading }));

/** More of them would push what tells how a figure was made below the edge of a phone. */
const openSentences = 2;

/** Sentences that print it, and claims that read it. */
const useTerms = ({ sentences, claims, formulas }: PanelFacts, { home }: PanelPlace): readonly Term[] => {
  const { own, others } = claims;
  const folded = (summary: string, links: Parameters<typeof linkList>[0]): Node =>
    element('details', {}, element('summary', {}, summary), linkList(links, home, formulas));
  const further = () =>
    folded(`${others.length} that ${others.length === 1 ? 'reads' : 'read'} this table`, headings(others));
  const [first, rest] = [sentences.slice(0, openSentences), sentences.slice(openSentences)];
  const printed: Parts = [
    linkList(first, home, formulas),
    ...(rest.length > 0 ? [folded(`${rest.length} more`, rest)] : []),
  ];
  return [
    ...(sentences.length > 0 ? [['Printed in', printed] as const] : []),
    ...(own.length > 0 ? [['Used by', [linkList(headings(own), home, formulas)]] as const] : []),
    ...(others.length > 0 ? [[own.length > 0 ? 'Other claims' : 'Claims', [further()]] as const] : []),
  ];
};

/** Of a value of no table, the figure of a table that it is. */
export const cellOf = (json: TableJson | ValuesJson, value: string): string | undefined =>
  'values' in json ? json.values[withoutReplicate(value)]?.cell : undefined;

/**
 * The parts of the panel of one figure.
 *
 * @param json what tells of it: its table, or all values of no table
 * @param value its id
 * @param raw at full precision
 * @param table the one that `cellOf` names
 */
export const panelParts = (
  json: TableJson | ValuesJson,
  value: string,
  raw: string,
  place: PanelPlace,
  table?: TableJson,
): readonly Node[] => {
  const facts = 'values' in json ? valueFacts(json, value, table) : tableFacts(json, value);
  const { title, is, unit, formulas, made, name } = facts;
  const said = (term: string, text: string | undefined): readonly Term[] =>
    text === undefined ? [] : [[term, labelNodes(text, formulas)]];
  const linkTo = ({ at, title: to }: typeof facts.place): Node =>
    element('a', { href: `${place.home}${at}` }, ...labelNodes(to, formulas));
  const again = `npm run paper -- why ${name}\nnpm run paper -- verify ${made[0]?.name ?? name}`;
  const terms: readonly Term[] = [
    ...said('Is', is),
    ...(facts.figure
      ? [['In', [...labelNodes(`${facts.figure.of}: `, formulas), linkTo(facts.figure)]] as const]
      : [['In', [linkTo(facts.place)]] as const]),
    ['Exactly', [element('code', {}, raw), unit && unit !== '1' ? ` ${unit}` : '']],
    ...said('Sure', facts.sure),
    ...said('Null', facts.null),
    ...said('Original', facts.original),
    ...said('Its row', facts.rest),
    ...useTerms(facts, place),
    ['Made by', madeParts(facts, place)],
    ['Again', [element('pre', {}, element('code', {}, again))]],
  ];
  return [
    element('h2', { id: 'value-panel-title' }, ...labelNodes(title, formulas)),
    element(
      'dl',
      {},
      ...terms.flatMap(([term, parts]) => [element('dt', {}, term), element('dd', {}, ...parts)]),
    ),
    ...copyButton('Copy the number', 'Copy the number', () => raw),
  ];
};
