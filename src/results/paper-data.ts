/**
 * Everything that crosses from the experiments to a paper's pages, once: results with their keys, the original's
 * figures, and the verdict of each claim.
 */

import type { FinishedStage } from '../engine/index.ts';
import { digestOf, nearestHint, PaperError } from '../engine/stage/index.ts';
import { type Assessment, type Claims, noiseOf, type Verdict, verdictOf } from './claim.ts';
import { deriveValues, type NamedValue } from './derive-values.ts';
import { readResults } from './read-results.ts';
import type { Reported, ReportedTable } from './reported.ts';
import { createResultReader } from './result-reader.ts';
import type { Series, Table } from './result-schema.ts';

/** A result with the key of the stage that made it. */
type Keyed<T> = T & { readonly key: string };

export interface ClaimResult extends Omit<Assessment, 'seedNoise'> {
  readonly verdict: Verdict;
  readonly reported: readonly string[];
  /** Tables and values that it was read from. */
  readonly reads: readonly string[];
  readonly key: string;
}

export interface PaperData {
  readonly paper: string;
  readonly profile: string;
  readonly backend: Readonly<Record<string, unknown>>;
  readonly tables: Readonly<Record<string, Keyed<Table> & { readonly reported: ReportedTable | null }>>;
  readonly series: Readonly<Record<string, Keyed<Series>>>;
  readonly values: Readonly<Record<string, Keyed<NamedValue>>>;
  readonly claims: Readonly<Record<string, ClaimResult>>;
  readonly statements: Reported['statements'];
}

const addOnce = <T>(target: Record<string, T>, id: string, value: T, stage: string): void => {
  if (id in target) {
    throw new PaperError('DuplicateResult', `two results are named '${id}'.`, {
      details: [`the second one comes from stage '${stage}'`],
      hint: 'an id names one thing on the page: rename one of the two.',
    });
  }
  target[id] = value;
};

/** Assesses every claim over the tables that it reads. */
const assessClaims = (
  claims: Claims,
  tables: Readonly<Record<string, Keyed<Table>>>,
  values: Readonly<Record<string, Keyed<NamedValue>>>,
  reported: Reported,
  file: string,
): Record<string, ClaimResult> => {
  const statementIds = reported.statements.map(({ id }) => id);
  return Object.fromEntries(
    Object.entries(claims).map(([id, { assess, reported: about = [] }]) => {
      const used = new Set<string>();
      const reader = createResultReader(
        new Map(Object.entries(tables)),
        new Map(Object.entries(values)),
        (read) => used.add(read),
      );
      for (const statement of about) {
        if (statementIds.includes(statement)) continue;
        throw new PaperError(
          'UnknownStatement',
          `claim '${id}' is about a statement '${statement}' that is not reported.`,
          {
            where: { file },
            hint: nearestHint(statement, statementIds),
          },
        );
      }
      let assessment: Assessment;
      try {
        assessment = assess(reader);
      } catch (error) {
        if (!(error instanceof PaperError)) throw error;
        throw new PaperError(error.name, error.message, {
          where: { file },
          details: [...error.details, `in claim '${id}'`],
          hint: error.hint,
        });
      }
      const reads = [...used].sort();
      const key = digestOf(reads.map((read) => (tables[read] ?? values[read])?.key));
      const { seedNoise: _, ...told } = { ...assessment, noise: noiseOf(assessment) };
      return [id, { ...told, verdict: verdictOf(assessment), reported: about, reads, key }];
    }),
  );
};

export interface PaperSource {
  readonly paper: string;
  readonly profile: string;
  readonly backend: Readonly<Record<string, unknown>>;
  readonly reported: Reported;
  readonly claims: Claims;
  /** The file that holds the claims, for errors. */
  readonly claimsFile: string;
}

/**
 * Reads what the result stages stored, and judges the claims.
 *
 * @throws BadResultFile, DuplicateResult, UnknownStatement, or what a claim's reading of the results throws
 */
export const assemblePaper = async (
  source: PaperSource,
  stages: readonly Pick<FinishedStage, 'stage' | 'key' | 'read'>[],
): Promise<PaperData> => {
  const tables: Record<string, PaperData['tables'][string]> = {};
  const series: Record<string, Keyed<Series>> = {};
  const values: Record<string, Keyed<NamedValue>> = {};
  for (const { stage, key, read } of stages) {
    const text = (await read('result', 'the page')).toString('utf8');
    for (const result of readResults(text, `${stage.name}.json`).results) {
      if (result.kind === 'series') addOnce(series, result.id, { ...result, key }, stage.name);
      if (result.kind === 'value') {
        addOnce(
          values,
          result.id,
          { value: result.value, unit: result.unit, format: result.format, key },
          stage.name,
        );
      }
      if (result.kind === 'table') {
        const reported = source.reported.tables[result.id] ?? null;
        addOnce(tables, result.id, { ...result, reported, key }, stage.name);
        for (const [id, value] of deriveValues(result)) addOnce(values, id, { ...value, key }, stage.name);
      }
    }
  }
  return {
    paper: source.paper,
    profile: source.profile,
    backend: source.backend,
    tables,
    series,
    values,
    claims: assessClaims(source.claims, tables, values, source.reported, source.claimsFile),
    statements: source.reported.statements,
  };
};
