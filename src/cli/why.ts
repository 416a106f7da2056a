/** The chain from what is printed to the lines that made it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportNameOf, moduleName, pipelineStatus, type StageStatus } from '../engine/index.ts';
import { nearestHint, PaperError, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import type { NamedValue } from '../results/derive-values.ts';
import { formatNamed } from '../results/format-value.ts';
import { type BuildOptions, loadPaper, type Paper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';
import { createWorkshop } from './workshop.ts';

interface BuiltStage {
  readonly key: string;
  readonly code: { readonly files: readonly string[] };
  readonly params: unknown;
  readonly durationMs: number;
  readonly machine: Readonly<Record<string, unknown>>;
  readonly published?: {
    readonly made: { readonly when: string };
    readonly attestations: readonly { readonly by: string; readonly when: string }[];
  };
}

interface BuiltClaim {
  readonly verdict: string;
  readonly predicate: string;
  readonly sentence: string | null;
  readonly reads?: readonly string[];
}

/** What the last build left beside the pages. */
interface Built {
  readonly values: Readonly<Record<string, NamedValue & { readonly key: string }>>;
  readonly tables: Readonly<Record<string, { readonly key: string }>>;
  readonly claims: Readonly<Record<string, BuiltClaim>>;
  readonly stages: Readonly<Record<string, BuiltStage>>;
}

/** One stage of the chain, as it is today and as the built page has it. */
export interface StageExplanation {
  readonly stage: string;
  readonly state: StageStatus['state'];
  readonly reason: string;
  readonly key: string | null;
  /** `file:line` of the definition. */
  readonly definition: string;
  readonly params: unknown;
  /** How its outputs came about, in words; null when no build is at hand. */
  readonly made: string | null;
  readonly code: readonly string[];
}

export interface Explanation {
  readonly paper: string;
  readonly id: string;
  /** What it is: `value`, `table`, `claim` or `stage`. */
  readonly kind: 'value' | 'table' | 'claim' | 'stage';
  /** What the built page prints; null for a stage. */
  readonly shown: string | null;
  readonly raw: number | string | null;
  /** Whether the built page is of today's code, inputs and parameters. */
  readonly current: boolean;
  /** Places in the text that name it: `file:line`. */
  readonly sentences: readonly string[];
  /** Of the result first, then what feeds it, nearest first. */
  readonly chain: readonly StageExplanation[];
}

const readJson = <T>(path: string): T | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;

const builtOf = (root: string, paper: string): Built => {
  const folder = join(root, 'dist', paper);
  const results = readJson<Omit<Built, 'stages'>>(join(folder, 'results.json'));
  const provenance = readJson<Pick<Built, 'stages'>>(join(folder, 'provenance.json'));
  return { values: {}, tables: {}, claims: {}, stages: {}, ...results, ...provenance };
};

const lineOf = (file: string, pattern: RegExp): number | undefined => {
  const at = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => pattern.test(line));
  return at < 0 ? undefined : at + 1;
};

const definitionOf = async (root: string, { code }: Stage): Promise<string> => {
  const file = moduleName(root, code);
  if (code.program) return file;
  const line = lineOf(fileURLToPath(code.module), new RegExp(`\\b${await exportNameOf(root, code)}\\b.*=`));
  return line === undefined ? file : `${file}:${line}`;
};

const madeWords = ({ published, durationMs, machine }: BuiltStage): string => {
  const seconds = `${(durationMs / 1000).toFixed(1)} s on ${String(machine['processor'] ?? 'a machine')}`;
  if (!published) return `computed in a build, ${seconds}`;
  const { made, attestations } = published;
  const last = attestations.at(-1);
  return `published ${made.when.slice(0, 10)}, ${seconds}${last ? `; attested ${attestations.length} times since, last ${last.when.slice(0, 10)} by ${last.by}` : ''}`;
};

/** A stage and all that feeds it, nearest first. */
const upstreamOf = (stage: Stage): readonly Stage[] => {
  const found = new Set<Stage>([stage]);
  for (const next of found) for (const input of Object.values(next.inputs)) found.add(input);
  return [...found];
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Where the text names an id, or the table that holds it. */
const sentencesOf = (root: string, paper: string, id: string): readonly string[] => {
  const file = `content/${paper}/index.mdx`;
  const path = join(root, file);
  if (!existsSync(path)) return [];
  const names = new RegExp(`(?:of|id)="(?:${escaped(id)}|${escaped(id.split('.')[0] ?? id)})"`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => (names.test(line) ? [`${file}:${at + 1}`] : []));
};

interface Found {
  readonly kind: Explanation['kind'];
  readonly shown: string | null;
  readonly raw: number | string | null;
  /** Keys that the page was made with; empty for a stage. */
  readonly keys: readonly string[];
}

const findId = (
  { values, tables, claims }: Built,
  stages: readonly Stage[],
  id: string,
): Found | undefined => {
  const value = values[id];
  if (value) return { kind: 'value', shown: formatNamed(value), raw: value.value, keys: [value.key] };
  const table = tables[id];
  if (table) return { kind: 'table', shown: null, raw: null, keys: [table.key] };
  const claim = claims[id];
  if (claim) {
    const keys = (claim.reads ?? []).flatMap((read) => tables[read]?.key ?? values[read]?.key ?? []);
    return {
      kind: 'claim',
      shown: `${claim.verdict}: ${claim.sentence ?? claim.predicate}`,
      raw: null,
      keys,
    };
  }
  return stages.some(({ name }) => name === id)
    ? { kind: 'stage', shown: null, raw: null, keys: [] }
    : undefined;
};

const explainIn = async (
  root: string,
  paper: Paper,
  options: BuildOptions,
  id: string,
): Promise<Explanation | readonly string[]> => {
  const built = builtOf(root, paper.id);
  const stages = stagesInOrder(paper.pipeline);
  const found = findId(built, stages, id);
  if (!found) {
    return [
      ...Object.keys(built.values),
      ...Object.keys(built.tables),
      ...Object.keys(built.claims),
      ...stages.map(({ name }) => name),
    ];
  }
  const names = Object.keys(built.stages).filter((name) => found.keys.includes(built.stages[name]!.key));
  const from = stages.filter(({ name }) => name === id || (found.kind !== 'stage' && names.includes(name)));
  const workshop = createWorkshop(root, options['backend']);
  const statuses = new Map(
    (await pipelineStatus(workshop, paper.pipeline)).map((status) => [status.name, status]),
  );
  workshop.reporter.close();
  const chain = await Promise.all(
    [...new Set(from.flatMap(upstreamOf))].map(async (stage): Promise<StageExplanation> => {
      const status = statuses.get(stage.name);
      const made = built.stages[stage.name];
      return {
        stage: stage.name,
        state: status?.state ?? 'missing',
        reason: status?.reason ?? '',
        key: status?.keys[0] ?? null,
        definition: await definitionOf(root, stage),
        params: stage.params,
        made: made && made.key === status?.keys[0] ? madeWords(made) : null,
        code: made?.code.files ?? [],
      };
    }),
  );
  const current = chain.length > 0 && chain.every(({ state, made }) => state === 'fresh' && made !== null);
  return { paper: paper.id, id, ...found, current, sentences: sentencesOf(root, paper.id, id), chain };
};

const explanationText = ({ id, kind, shown, raw, current, sentences, chain }: Explanation): string =>
  [
    `${kind} ${id}${shown === null ? '' : `: ${shown}`}${raw === null || String(raw) === shown ? '' : `   (${raw})`}`,
    ...(kind === 'stage'
      ? []
      : [
          current
            ? '  the built page is of today'
            : '  NOT CURRENT: the built page is of before; run `npm run build`',
        ]),
    ...sentences.map((place) => `  named in ${place}`),
    ...chain.flatMap(({ stage, state, reason, key, definition, params, made }, at) => [
      `  ${at === 0 ? 'made by' : 'from'} ${stage}  ${state}${reason === '' ? '' : `: ${reason}`}${key === null ? '' : `, key ${key.slice(0, 8)}`}`,
      `      ${definition}${made === null ? '' : `, ${made}`}`,
      ...(JSON.stringify(params) === '{}' ? [] : [`      with ${JSON.stringify(params)}`]),
    ]),
    ...(chain[0] && chain[0].code.length > 0
      ? ['  its code', ...chain[0].code.map((file) => `      ${file}`)]
      : []),
  ].join('\n');

/**
 * Explains a value, table, claim or stage by its id.
 *
 * @throws NothingNamed, UnknownId with the nearest one
 */
export const why = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly Explanation[]> => {
  if (words.length === 0) {
    throw new PaperError('NothingNamed', 'why needs the id of a value, a table, a claim or a stage.', {
      hint: 'give one, for example a `data-value` of the page: `npm run paper -- why <id>`; `npm run paper -- status` lists the stages.',
    });
  }
  const explanations: Explanation[] = [];
  const papers = await Promise.all(paperIds(root).map((id) => loadPaper(root, id, options)));
  for (const word of words) {
    const known: string[] = [];
    const before = explanations.length;
    for (const paper of papers) {
      const found = await explainIn(root, paper, options, word);
      if ('id' in found) explanations.push(found);
      else known.push(...found);
    }
    if (explanations.length === before) {
      throw new PaperError('UnknownId', `nothing is called '${word}': no value, table, claim or stage.`, {
        hint: nearestHint(word, known),
      });
    }
  }
  console.log(explanations.map(explanationText).join('\n\n'));
  return explanations;
};
