/**
 * Everything that crosses from the experiments to a paper's pages, once: results with their keys, the original's
 * figures, and the verdict of each claim.
 */

import type { Claims } from '../claims/claim.ts';
import type { FinishedStage } from '../engine/index.ts';
import {
  digestOf,
  nearestHint,
  PaperError,
  type ResultMember,
  type SourcePosition,
  type Stage,
} from '../engine/stage/index.ts';
import { assessClaims, type ClaimResult } from './assess-claims.ts';
import { deriveValue, deriveValues, type NamedValue } from './derive-values.ts';
import { mergeReplicates } from './merge-replicates.ts';
import { ownOf } from './own-of.ts';
import { presentTable } from './present-table.ts';
import { type PlaceOfKey, type Presentation, plainValue, type TablePresentation } from './presentation.ts';
import { readResults } from './read-results.ts';
import { type Reported, type ReportedTable, reportedRowKey } from './reported.ts';
import type { Result, Series, Table } from './result-schema.ts';
import { keyColumns } from './row-key.ts';

/** Where a result comes from. */
export interface Origin {
  /** Of the stage that made it; of several replicates, the digest of theirs. */
  readonly key: string;
  /** Names of the stages that made it, one a replicate. */
  readonly stages: readonly string[];
}

type Keyed<T> = T & Origin;

export type TableData = Keyed<Table> & {
  readonly reported: ReportedTable | null;
  readonly presentation: TablePresentation;
};

export interface PaperData {
  readonly paper: string;
  readonly profile: string;
  readonly backend: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<string, TableData>>;
  readonly series: Readonly<Record<string, Keyed<Series>>>;
  readonly values: Readonly<Record<string, Keyed<NamedValue>>>;
  readonly claims: Readonly<Record<string, ClaimResult>>;
  readonly statements: Reported['statements'];
}

/** @throws DuplicateResult before anything of the second one is looked at */
const requireNew = (target: Readonly<Record<string, Origin>>, id: string, origin: Origin): void => {
  const first = ownOf(target, id);
  if (first) {
    const [of, again] = [first, origin].map(({ stages }) => `stage '${stages[0]}'`);
    throw new PaperError('DuplicateResult', `two results are named '${id}'.`, {
      details: [of === again ? `both come from ${of}` : `one comes from ${of}, the other from ${again}`],
      hint: 'an id names one thing on the page: rename one of the two.',
    });
  }
};

const addOnce = <T extends Origin>(target: Record<string, T>, id: string, value: T): void => {
  requireNew(target, id, value);
  target[id] = value;
};

/** Of two reported rows of one name the last one would be printed twice. @throws DuplicateResult */
const requireReportedOnce = (table: Table, reported: ReportedTable | null, file: string): void => {
  const seen = new Map<string, number>();
  for (const [at, row] of (reported?.rows ?? []).entries()) {
    const key = reportedRowKey(table, row);
    const first = seen.get(key);
    if (first !== undefined) {
      const labels = [reported!.rows[first]!, row].map((of) =>
        keyColumns(table)
          .map((column) => String(of[column] ?? 'nothing'))
          .join(', '),
      );
      throw new PaperError(
        'DuplicateResult',
        `two reported rows of table '${table.id}' are named '${key}'.`,
        {
          where: { file },
          details: [`row ${first} has '${labels[0]}'; row ${at} has '${labels[1]}'`],
          hint: 'see reported.json: each row has a name of its own in the columns that name rows.',
        },
      );
    }
    seen.set(key, at);
  }
};

export type { ClaimResult } from './assess-claims.ts';

export interface PaperSource {
  readonly paper: string;
  readonly profile: string;
  readonly backend: Readonly<Record<string, unknown>>;
  readonly reported: Reported;
  readonly claims: Claims;
  /** The file that holds the claims, for errors. */
  readonly claimsFile: string;
  readonly presentation: Presentation;
  /** The file that holds it, for errors. */
  readonly presentationFile: string;
  /** Where in it, or beside it, and where a claim is written, for errors: the file unless given. */
  readonly placeOfKey?: PlaceOfKey;
  readonly placeOfClaim?: (id: string) => SourcePosition;
  /** Where an author defines a stage, for errors. */
  readonly definedAt?: (stage: Stage) => Promise<SourcePosition>;
}

/** A stage that makes results, finished. */
export type FinishedResult = ResultMember & Pick<FinishedStage, 'key' | 'read'>;

/** What one stage, or all replicates of one, give together; its key is theirs. */
interface ResultGroup {
  /** The first one of them. */
  readonly stage: Stage;
  readonly origin: Origin;
  readonly results: readonly Result[];
}

/** What is wrong with results is told where the stage that makes them is defined, unless it has a place of its own. */
const atDefinition = async <T>({ definedAt }: PaperSource, stage: Stage, work: () => T): Promise<T> => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PaperError) || error.where) throw error;
    const { name, message, details, hint, cause } = error;
    throw new PaperError(name, message, { details, hint, cause, where: await definedAt?.(stage) });
  }
};

const readGroups = async (
  source: PaperSource,
  stages: readonly FinishedResult[],
): Promise<readonly ResultGroup[]> => {
  const groups = Map.groupBy(stages, ({ stage, replicate }) => replicate?.of ?? stage.name);
  return Promise.all(
    [...groups].map(async ([name, members]) => {
      const files = await Promise.all(
        members.map(async ({ stage, read, replicate }) => ({
          seed: replicate?.seed ?? null,
          results: readResults((await read('result', 'the page')).toString('utf8'), `${stage.name}.json`),
        })),
      );
      const [{ stage, key, replicate }] = members as [FinishedResult];
      const alone = replicate === null;
      return {
        stage,
        origin: {
          key: alone ? key : digestOf(members.map(({ key }) => key)),
          stages: members.map(({ stage }) => stage.name),
        },
        results: alone
          ? files[0]!.results
          : await atDefinition(source, stage, () => mergeReplicates(name, files)),
      };
    }),
  );
};

/** What a presentation names as a figure's own null is there. */
const requireNulls = (
  { presentation, presentationFile, placeOfKey }: PaperSource,
  values: Readonly<Record<string, NamedValue>>,
): void => {
  for (const [table, { nullOf }] of Object.entries(presentation.tables))
    for (const [figure, bounds] of Object.entries(nullOf)) {
      const gone = [`${table}.${figure}`, ...bounds].find((id) => !Object.hasOwn(values, id));
      if (gone === undefined) continue;
      throw new PaperError('UnknownValue', `there is no value '${gone}'.`, {
        where: placeOfKey?.(['tables', table, 'nullOf', figure]) ?? { file: presentationFile },
        details: [`of the null of '${table}.${figure}'`],
        hint: nearestHint(gone, Object.keys(values)),
      });
    }
};

/**
 * Reads what the result stages stored, and judges the claims.
 *
 * @throws BadResultFile, DuplicateResult, SeedsDisagree, UnknownStatement, UnknownValue, what the presentation's reading throws, or
 * what a claim's reading of the results throws
 */
export const assemblePaper = async (
  source: PaperSource,
  stages: readonly FinishedResult[],
): Promise<PaperData> => {
  const tables: Record<string, TableData> = {};
  const series: Record<string, Keyed<Series>> = {};
  const values: Record<string, Keyed<NamedValue>> = {};
  const { presentation, presentationFile } = source;
  const add = (result: Result, origin: Origin): void => {
    if (result.kind === 'series') addOnce(series, result.id, { ...result, ...origin });
    if (result.kind === 'value') {
      const shown = presentation.values[result.id] ?? plainValue;
      for (const [id, value] of deriveValue(result, shown)) addOnce(values, id, { ...value, ...origin });
    }
    if (result.kind === 'table') {
      requireNew(tables, result.id, origin);
      const reported = source.reported.tables[result.id] ?? null;
      requireReportedOnce(result, reported, `content/${source.paper}/reported.json`);
      const shown = presentTable(result, presentation, presentationFile, source.placeOfKey);
      addOnce(tables, result.id, { ...result, reported, presentation: shown, ...origin });
      for (const [id, value] of deriveValues(result, shown)) addOnce(values, id, { ...value, ...origin });
    }
  };
  for (const { stage, origin, results } of await readGroups(source, stages)) {
    for (const result of results) await atDefinition(source, stage, () => add(result, origin));
  }
  requireNulls(source, values);
  return {
    paper: source.paper,
    profile: source.profile,
    backend: source.backend,
    tables,
    series,
    values,
    claims: assessClaims(
      source.claims,
      tables,
      values,
      source.reported,
      source.claimsFile,
      source.placeOfClaim,
    ),
    statements: source.reported.statements,
  };
};
