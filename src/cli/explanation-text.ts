import type { StageExplanation } from './explain-stage.ts';
import type { KnownId } from './known-ids.ts';

/** What is printed under an id. */
export type Printed = Pick<KnownId, 'shown' | 'raw' | 'unit'>;

export interface Explanation {
  readonly paper: string;
  readonly profile: string;
  readonly id: string;
  readonly kind: KnownId['kind'] | 'stage';
  /** As code, inputs and parameters say today; null for a stage, and where what made it is not up to date. */
  readonly today: Printed | null;
  /** What the built pages have, and whether it is what they would have today; null where they have none. */
  readonly page: (Printed & { readonly current: boolean }) | null;
  /** Where the text names it: `file:line:column <component>`. */
  readonly places: readonly string[];
  /** Tables and values that a claim was judged by. */
  readonly reads: readonly string[];
  /** Claims that were judged by it. */
  readonly claims: readonly string[];
  /** The stages that made it: a claim may read of several. A stage is its own. */
  readonly makers: readonly string[];
  /** Its makers, then what feeds them, nearest first. */
  readonly chain: readonly StageExplanation[];
  /** Of a stage: what it feeds, down to the results. */
  readonly feeds: readonly string[];
  /** Of a stage: the tables, lone values, series and claims that depend on it. */
  readonly results: readonly string[];
}

const headOf = ({ id, kind, today }: Explanation): string => {
  if (!today || today.shown === null) return `${kind} ${id}`;
  const { shown, raw, unit } = today;
  const whole = raw === null || String(raw) === shown ? [] : [String(raw)];
  const about = [...whole, ...(unit === null ? [] : [`unit ${unit}`])].join(', ');
  return `${kind} ${id}: ${shown}${about === '' ? '' : `   (${about})`}`;
};

const pageLines = ({ kind, today, page }: Explanation): readonly string[] => {
  if (kind === 'stage') return [];
  if (page?.current) return ['the built pages are of today'];
  const unknown = today ? [] : ['NOT KNOWN TODAY: not all that makes it is up to date; run `npm run build`'];
  const had = page?.shown ? `'${page.shown}'` : 'it';
  if (!page) return [...unknown, 'the built pages do not have it'];
  return [
    ...unknown,
    today
      ? `NOT CURRENT: the built pages have ${had}, of before; run \`npm run build\``
      : `the built pages have ${had}, which may be of before`,
  ];
};

const list = (what: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`${what} ${names.join(', ')}`];

const stageLines = (stage: StageExplanation, at: string): readonly string[] => {
  const { state, reason, key, kind, definition, made, params, files } = stage;
  const known = [`${state}${reason === '' ? '' : `: ${reason}`}`, kind];
  return [
    `${at} ${stage.stage}  ${[...known, ...(key === null ? [] : [`key ${key.slice(0, 8)}`])].join(', ')}`,
    `    ${definition}${made === null ? '' : `, ${made}`}`,
    ...(JSON.stringify(params) === '{}' ? [] : [`    with ${JSON.stringify(params)}`]),
    ...Object.entries(files).map(([name, path]) => `    reads ${name}: ${path}`),
  ];
};

/** What a person reads. */
export const explanationText = (explanation: Explanation): string => {
  const { places, reads, claims, makers, chain, feeds, results } = explanation;
  const code = chain[0]?.code ?? [];
  const lines = [
    ...pageLines(explanation),
    ...places.map((place) => `named in ${place}`),
    ...list('judged by', reads),
    ...list('read by the claims', claims),
    ...chain.flatMap((stage) => stageLines(stage, makers.includes(stage.stage) ? 'made by' : 'from')),
    ...(code.length === 0 ? [] : [`code of ${chain[0]?.stage}`, ...code.map((file) => `    ${file}`)]),
    ...list('feeds', feeds),
    ...list('so it decides', results),
  ];
  return [headOf(explanation), ...lines.map((line) => `  ${line}`)].join('\n');
};
