/** What a paper's ids stand for: as its code and inputs say today, and as the built pages print it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { definitionPlace, publishedPlace, type StageStatus } from '../engine/index.ts';
import { type Pipeline, resultMembers, type Stage } from '../engine/stage/index.ts';
import type { NamedValue } from '../results/derive-values.ts';
import { formatNamed } from '../results/format-value.ts';
import { assemblePaper, type ClaimResult, type Origin, type PaperData } from '../results/paper-data.ts';
import { readKept } from './kept-record.ts';
import type { Paper } from './load-paper.ts';
import type { ProjectWorkshop } from './workshop.ts';

export interface KnownId {
  readonly kind: 'value' | 'table' | 'claim' | 'series';
  /** A value as it is printed, a claim's verdict and predicate; null for others. */
  readonly shown: string | null;
  readonly raw: number | string | null;
  readonly unit: string | null;
  /** Tables and values that a claim was judged by. */
  readonly reads: readonly string[];
  /** Of the stage that made it; of a claim, the digest of all that it reads. */
  readonly key: string;
  /** The stage that made it; of a claim, those of all that it reads. */
  readonly stages: readonly string[];
}

interface Results {
  readonly values: Readonly<Record<string, NamedValue & Origin>>;
  readonly tables: Readonly<Record<string, Origin>>;
  readonly claims: Readonly<Record<string, Pick<ClaimResult, 'verdict' | 'predicate' | 'reads' | 'key'>>>;
  readonly series?: Readonly<Record<string, Origin>>;
}

const idsOf = ({ values, tables, claims, series = {} }: Results): ReadonlyMap<string, KnownId> => {
  const known = new Map<string, KnownId>();
  const add = (
    id: string,
    kind: KnownId['kind'],
    { key, stages = [] }: Partial<Origin> & Pick<Origin, 'key'>,
    more: Partial<KnownId> = {},
  ): void => {
    known.set(id, { kind, shown: null, raw: null, unit: null, reads: [], key, stages, ...more });
  };
  for (const [id, one] of Object.entries(series)) add(id, 'series', one);
  for (const [id, table] of Object.entries(tables)) add(id, 'table', table);
  for (const [id, value] of Object.entries(values)) {
    add(id, 'value', value, { shown: formatNamed(value), raw: value.value, unit: value.unit });
  }
  for (const [id, claim] of Object.entries(claims)) {
    const { verdict, predicate, reads } = claim;
    const stages = [...new Set(reads.flatMap((read) => known.get(read)?.stages ?? []))];
    // An id of a claim may be that of a table too: what is printed comes first.
    if (!known.has(id)) add(id, 'claim', claim, { shown: `${verdict}: ${predicate}`, reads, stages });
  }
  return known;
};

/** A way to a fresh stage's result: beside its published record, or in the store. */
const resultOf = (
  workshop: ProjectWorkshop,
  pipeline: Pipeline,
  stage: Stage,
  { keys }: StageStatus,
): (() => Promise<Buffer>) | undefined => {
  const published = join(
    publishedPlace(workshop, pipeline, stage).folder,
    stage.code.outputs['result'] ?? '',
  );
  if (stage.published && existsSync(published)) return () => readFile(published);
  for (const key of keys) {
    const found = workshop.store.get(key);
    if (found.state === 'found') return async () => workshop.store.read(found.entry, 'result');
  }
  return undefined;
};

/** What is known of a paper without running anything. */
export interface DataOfToday {
  readonly data: PaperData;
  /** Whether all of its results are fresh; claims are judged only then. */
  readonly whole: boolean;
}

/**
 * What the results say whose stages are fresh. Runs nothing.
 *
 * @throws as assemblePaper
 */
export const dataOfToday = async (
  workshop: ProjectWorkshop,
  paper: Paper,
  statuses: ReadonlyMap<string, StageStatus>,
): Promise<DataOfToday> => {
  const { id, profile, pipeline, reported, claims, claimsFile, presentation, presentationFile } = paper;
  const members = resultMembers(pipeline);
  const made = members.flatMap((member) => {
    const status = statuses.get(member.stage.name);
    const [key] = status?.keys ?? [];
    if (status?.state !== 'fresh' || key === undefined) return [];
    const read = resultOf(workshop, pipeline, member.stage, status);
    return read ? [{ ...member, key, read }] : [];
  });
  const whole = made.length === members.length;
  // Of a result that is not whole, some replicates would be taken for all.
  const lacking = new Set(
    members
      .filter(({ stage }) => !made.some((one) => one.stage === stage))
      .flatMap(({ replicate }) => replicate?.of ?? []),
  );
  const source = {
    paper: id,
    profile,
    backend: {},
    reported,
    claims: whole ? claims : {},
    claimsFile,
    presentation,
    presentationFile,
    placeOfKey: paper.placeOfKey,
    placeOfClaim: paper.placeOfClaim,
    definedAt: ({ code }: Stage) => definitionPlace(workshop.root, code),
  };
  const data = await assemblePaper(
    source,
    made.filter(({ replicate }) => replicate === null || !lacking.has(replicate.of)),
  );
  return { data, whole };
};

/** What the ids of fresh results stand for. @throws as assemblePaper */
export const idsOfToday = async (
  ...of: Parameters<typeof dataOfToday>
): Promise<ReadonlyMap<string, KnownId>> => idsOf((await dataOfToday(...of)).data);

const resultsSchema = z.looseObject({
  values: z.record(z.string(), z.looseObject({ key: z.string() })),
  tables: z.record(z.string(), z.looseObject({ key: z.string() })),
  claims: z.record(z.string(), z.looseObject({ key: z.string(), reads: z.array(z.string()) })),
});

/** What the pages in dist print, whenever they were built; nothing where there are none. */
export const idsOfPages = (root: string, paper: string): ReadonlyMap<string, KnownId> => {
  const results = readKept(join(root, 'dist', paper, 'results.json'), resultsSchema);
  return results ? idsOf(results as unknown as Results) : new Map();
};
