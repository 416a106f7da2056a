import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import { aggregates } from '../../results/aggregates.ts';
import { undefinedRows } from '../../results/derive-values.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { reportedFigures } from '../../results/reported-figures.ts';
import { reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, textOf } from './jsx-node.ts';
import { altOf } from './print-alts.ts';
import type { PagePosition } from './scan-pages.ts';

export interface KnownNames {
  readonly data: PaperData;
  readonly figures: readonly string[];
  readonly explorations: readonly string[];
}

interface Rule {
  /** Attribute that must be given. */
  readonly attribute: string;
  readonly error: string;
  readonly what: string;
  /** Those that there are, by name: of values tens of thousands, which are listed for a mistake alone. */
  readonly known: (known: KnownNames) => object;
  /** Whether the page may hold it once only. */
  readonly once: boolean;
  /** What an author does who has none at all; unless given, a stage makes them. */
  readonly first?: (paper: string, id: string) => string;
}

const firstClaim: Rule['first'] = (paper, id) =>
  `the paper has no claim: write content/${paper}/claims.ts, with \`export const claims: ClaimsOf<'${paper}'> = { '${id}': { assess: … } };\`.`;

const rules: Readonly<Record<string, Rule>> = {
  Value: {
    attribute: 'of',
    error: 'UnknownValue',
    what: 'value',
    known: ({ data }) => data.values,
    once: false,
  },
  ResultTable: {
    attribute: 'of',
    error: 'UnknownTable',
    what: 'table',
    known: ({ data }) => data.tables,
    once: true,
  },
  Claim: {
    attribute: 'id',
    error: 'UnknownClaim',
    what: 'claim',
    known: ({ data }) => data.claims,
    once: true,
    first: firstClaim,
  },
  Word: {
    attribute: 'of',
    error: 'UnknownClaim',
    what: 'claim',
    known: ({ data }) => data.claims,
    once: false,
    first: firstClaim,
  },
  Figure: {
    attribute: 'of',
    error: 'UnknownFigure',
    what: 'figure',
    known: ({ figures }) => Object.fromEntries(figures.map((id) => [id, id])),
    once: true,
    first: (paper, id) =>
      `the paper has no figure: let content/${paper}/figures/${id}.ts have one as its \`export default\`.`,
  },
  Explore: {
    attribute: 'of',
    error: 'UnknownExploration',
    what: 'exploration',
    known: ({ explorations }) => Object.fromEntries(explorations.map((id) => [id, id])),
    once: true,
    first: (paper, id) =>
      `the paper has no exploration: name '${id}' under \`explorations\` in experiments/${paper}/pipeline.ts.`,
  },
};

/** A quotation of the original must be something that the original reports. */
const checkReported = (node: JsxNode, file: VFile, data: PaperData): void => {
  const figures = reportedFigures(data);
  const of = attributeOf(node, 'of');
  if (of !== undefined) {
    if (Object.hasOwn(figures, of)) return;
    throw authorError(
      'UnknownReported',
      `the original reports nothing named '${of}'.`,
      file,
      node,
      Object.keys(figures).length > 0
        ? nearestHint(of, Object.keys(figures))
        : `what it reports stands in content/${data.paper}/reported.json: a figure is named \`table.row.column\` where a stage computes a table of the same id, and \`statement.low\`, \`statement.high\` or \`statement.about\` else.`,
    );
  }
  const text = textOf(node);
  const printed = new Set(Object.values(figures).flat());
  for (const [figure] of text.matchAll(/\p{N}+(?:\.\p{N}+)?/gu)) {
    if (printed.has(figure)) continue;
    throw authorError(
      'UnknownReported',
      `'${figure}' is quoted, but the original does not report it.`,
      file,
      node,
      nearestHint(figure, [...printed]),
    );
  }
};

/** An aggregate that is not there because a row of its column has no number is told so. */
const requireDefined = (id: string, file: VFile, node: JsxNode, { tables }: PaperData): void => {
  const [table = '', column = '', aggregate = ''] = id.split('.');
  const found = ownOf(tables, table);
  if (!found?.columns.some((known) => known.id === column) || !Object.hasOwn(aggregates, aggregate)) return;
  const rows = undefinedRows(found, column);
  if (rows.length === 0) return;
  throw authorError(
    'UndefinedCell',
    `'${id}' is of a column without a number in ${rows.join(', ')}.`,
    file,
    node,
    'name a cell instead, or a value that the stage computes over the rows that are meant.',
  );
};

/** @throws the named error of the rule that a component breaks */
const checkComponent = (
  node: JsxNode,
  file: VFile,
  known: KnownNames,
  seen: Set<string>,
  { pages, at }: PagePosition,
): void => {
  if (node.name === 'Reported') checkReported(node, file, known.data);
  const rule = rules[node.name ?? ''];
  if (!rule) return;
  const received = attributeOf(node, rule.attribute);
  if (received === undefined) {
    throw authorError(
      'MissingAttribute',
      `<${node.name}> does not say which ${rule.what} it shows.`,
      file,
      node,
      `write <${node.name} ${rule.attribute}="${Object.keys(rule.known(known))[0] ?? ''}"${node.children.length === 0 ? ' /' : ''}>.`,
    );
  }
  const names = rule.known(known);
  if (received === '') {
    throw authorError(
      'MissingAttribute',
      `<${node.name}> does not say as a text which ${rule.what} it shows.`,
      file,
      node,
      `write the name itself between quotes, without braces: <${node.name} ${rule.attribute}="${Object.keys(names)[0] ?? ''}"${node.children.length === 0 ? ' /' : ''}>.`,
    );
  }
  if (!Object.hasOwn(names, received)) {
    if (rule.error === 'UnknownValue') requireDefined(received, file, node, known.data);
    throw authorError(
      rule.error,
      `there is no ${rule.what} '${received}'.`,
      file,
      node,
      rule.first && Object.keys(names).length === 0
        ? rule.first(known.data.paper, received)
        : nearestHint(received, Object.keys(names)),
    );
  }
  const alt = node.name === 'Figure' ? altOf(node) : undefined;
  if (alt && attributeOf(node, 'alt') !== undefined) {
    throw authorError(
      'DuplicateAttribute',
      `figure '${received}' has two alternative texts.`,
      file,
      alt,
      'one of them counts: remove the other.',
    );
  }
  if (node.name === 'Figure' && !attributeOf(node, 'alt') && !(alt && textOf(alt).trim() !== '')) {
    throw authorError(
      'MissingAlt',
      `figure '${received}' has no alternative text.`,
      file,
      node,
      'add alt="what a reader who cannot see it must know", or where that has numbers <Alt>…</Alt> before the caption.',
    );
  }
  if (rule.once && seen.has(`${node.name} ${received}`)) {
    throw authorError(
      'DuplicateId',
      `${rule.what} '${received}' stands on the page twice.`,
      file,
      node,
      'refer to the first one: <Ref to="…" />, or name its values.',
    );
  }
  seen.add(`${node.name} ${received}`);
  // The later of two pages is told, so that there is one mistake.
  const first = pages.slice(0, Math.max(0, at)).find(({ shown }) => shown.has(`${node.name} ${received}`));
  if (!first) return;
  const { file: other, line } = first.shown.get(`${node.name} ${received}`)!;
  throw authorError(
    'DuplicateId',
    `${rule.what} '${received}' stands on two pages: it is in ${other}:${line} too.`,
    file,
    node,
    'refer to the first one: <Ref to="…" />, or name its values.',
  );
};

/**
 * Every component names something that exists, with the nearest name for a hint. Faults: Unknown-, MissingAttribute,
 * MissingAlt, DuplicateId, UndefinedCell
 */
export const checkNames =
  (namesOf: (file: VFile) => KnownNames, positionOf: (file: VFile) => PagePosition) =>
  () =>
  (tree: Root, file: VFile) => {
    const known = reporting(file, () => namesOf(file));
    if (!known) return;
    const position = positionOf(file);
    const seen = new Set<string>();
    visit(tree, (node: Node) => {
      if (isJsx(node)) reporting(file, () => checkComponent(node, file, known, seen, position));
    });
  };
