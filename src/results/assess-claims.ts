import type { ClaimDefinition, Claims, Verdict } from '../claims/claim.ts';
import { type Judgement, judgeClaim } from '../claims/judge-claim.ts';
import { createResultReader, type ResultReader } from '../claims/result-reader.ts';
import { digestOf, nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import type { NamedValue } from './derive-values.ts';
import { ownOf } from './own-of.ts';
import type { TablePresentation } from './presentation.ts';
import type { Reported } from './reported.ts';
import type { Table } from './result-schema.ts';

interface Made {
  readonly key: string;
}

export interface ClaimResult extends Judgement {
  readonly reported: readonly string[];
  /** The original's own verdict; null where it does not ask. */
  readonly original: Verdict | null;
  /** Tables and values that it was read from. */
  readonly reads: readonly string[];
  /** What of tables it read: `<table>.<row>.<column>`, and `<table>..<column>` of a whole column. */
  readonly cells: readonly string[];
  readonly key: string;
}

type PlaceOfClaim = (id: string) => SourcePosition;

/** Where a claim throws: in the file of claims, or in one below its folder; undefined where code of theirs is in no call. */
const placeIn = (file: string, stack: string): SourcePosition | undefined => {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  for (const [, path = '', line, column] of stack.matchAll(/([^\s()]+?):(\d+):(\d+)/g)) {
    const at = path.lastIndexOf(`/${folder}`);
    if (at >= 0) return { file: path.slice(at + 1), line: Number(line), column: Number(column) };
  }
  return undefined;
};

const requireAssessable = (id: string, claim: unknown, placeOf: PlaceOfClaim): void => {
  if (typeof claim === 'object' && claim !== null && 'assess' in claim && typeof claim.assess === 'function')
    return;
  throw new PaperError('BadClaim', `claim '${id}' says nothing of how it is judged.`, {
    where: placeOf(id),
    details: [
      `expected an object with a function \`assess\`; received ${JSON.stringify(claim) ?? typeof claim}`,
    ],
    hint: `write '${id}': { assess: ({ cell }) => above(cell('table', 'row', 'column'), 0, { … }) }.`,
  });
};

const judged = (
  id: string,
  claim: ClaimDefinition,
  reader: ResultReader,
  file: string,
  placeOf: PlaceOfClaim,
): Judgement => {
  try {
    return judgeClaim(id, claim, reader);
  } catch (error) {
    if (error instanceof PaperError) {
      throw new PaperError(error.name, error.message, {
        where: placeIn(file, error.stack ?? '') ?? placeOf(id),
        details: [...error.details, `in claim '${id}'`],
        hint: error.hint,
      });
    }
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    throw new PaperError('ClaimThrows', `claim '${id}' throws as it is judged: ${message}`, {
      where: placeIn(file, stack) ?? placeOf(id),
      hint: 'mend it there: `assess` takes what it reads from its reader, and gives one of above, below, all, any, ….',
      cause: error,
    });
  }
};

/**
 * Assesses every claim over the tables that it reads.
 *
 * @param file that holds the claims, for errors
 * @throws BadClaim, UnknownStatement, ClaimThrows, or what a claim's reading of the results throws
 */
export const assessClaims = (
  claims: Claims,
  tables: Readonly<Record<string, Table & Made & { readonly presentation: TablePresentation }>>,
  values: Readonly<Record<string, NamedValue & Made>>,
  reported: Reported,
  file: string,
  placeOf: PlaceOfClaim = () => ({ file }),
): Record<string, ClaimResult> => {
  const statementIds = reported.statements.map(({ id }) => id);
  const known = { tables: new Map(Object.entries(tables)), values: new Map(Object.entries(values)) };
  return Object.fromEntries(
    Object.entries(claims).map(([id, claim]) => {
      requireAssessable(id, claim, placeOf);
      const { reported: about = [], original = null } = claim;
      const used = new Set<string>();
      const cells = new Set<string>();
      const onUse = (read: string, column?: string, row = ''): void => {
        used.add(read);
        if (column !== undefined) cells.add(`${read}.${row}.${column}`);
      };
      const calledIn = (table: string) => ownOf(tables, table)?.presentation.replicates;
      const reader = createResultReader({ ...known, onUse, calledIn });
      for (const statement of about) {
        if (statementIds.includes(statement)) continue;
        throw new PaperError(
          'UnknownStatement',
          `claim '${id}' is about a statement '${statement}' that is not reported.`,
          {
            where: placeOf(id),
            hint: nearestHint(statement, statementIds),
          },
        );
      }
      const judgement = judged(id, claim, reader, file, placeOf);
      const reads = [...used].sort();
      const key = digestOf(reads.map((read) => (ownOf(tables, read) ?? ownOf(values, read))?.key));
      return [id, { ...judgement, reported: about, original, reads, cells: [...cells].sort(), key }];
    }),
  );
};
