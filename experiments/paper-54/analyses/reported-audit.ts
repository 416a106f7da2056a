/**
 * What the reported figures imply about each other and about the text, by interval arithmetic on the printed
 * precision, so that nothing is called a slip that rounding explains.
 */
import { z } from 'zod';
import reported from '../../../content/paper-54/reported.json' with { type: 'json' };
import { defineStage } from '../../../src/engine/define-stage.ts';
import {
  contains,
  exactly,
  type Interval,
  monotone,
  onCorners,
  overlap,
  printed,
  union,
} from './interval.ts';
import { fixed, numberColumn, wordColumn, writeResults } from './result-file.ts';

interface Check {
  readonly check: string;
  /** What the figures imply. */
  readonly implied: Interval;
  /** What the paper states, where it states an interval. */
  readonly stated: Interval;
  readonly agrees: boolean;
}

type Row = Readonly<Record<string, unknown>>;
const rowsOf = (table: keyof typeof reported.tables): readonly Row[] => reported.tables[table].rows;
const figure = (row: Row | undefined, column: string): Interval => printed(String(row?.[column]));
const statement = (id: string): Interval => {
  const found = reported.statements.find((candidate) => candidate.id === id) as
    | { low?: string; high?: string; about?: string }
    | undefined;
  if (found?.about !== undefined) return printed(found.about);
  return {
    low: found?.low === undefined ? Number.NEGATIVE_INFINITY : printed(found.low).low,
    high: found?.high === undefined ? Number.POSITIVE_INFINITY : printed(found.high).high,
  };
};

const divide = (a: Interval, b: Interval): Interval => onCorners((x, y) => x / y, a, b);
const rowWhere = (table: keyof typeof reported.tables, column: string, value: unknown): Row | undefined =>
  rowsOf(table).find((row) => row[column] === value);

/** Two readings of one quantity agree when some number rounds to both. */
const same = (check: string, implied: Interval, stated: Interval): Check => ({
  check,
  implied,
  stated,
  agrees: overlap(implied, stated),
});

/** A statement about all layers holds when it holds for everything that the figures may stand for. */
const holdsFor = (check: string, implied: Interval, stated: Interval): Check => ({
  check,
  implied,
  stated,
  agrees: contains(stated, implied),
});

const perplexities = (): readonly Check[] =>
  rowsOf('training-ladder').map((row) =>
    same(`perplexity-${row['method']}`, monotone(Math.exp, figure(row, 'loss')), figure(row, 'perplexity')),
  );

const normRatios = (): readonly Check[] =>
  rowsOf('value-crescendo').map((row) =>
    same(
      `v-over-q-layer-${row['layer']}`,
      divide(figure(row, 'v-norm'), figure(row, 'q-norm')),
      figure(row, 'v-over-q'),
    ),
  );

const driftRatios = (): readonly Check[] =>
  rowsOf('non-uniqueness').map((row) =>
    same(
      `drift-ratio-layer-${row['layer']}`,
      divide(figure(row, 'drift-v'), figure(row, 'drift-q')),
      statement('drift-ratio'),
    ),
  );

/** V's norm of a layer over that of the layer printed before it: at least one if it grows monotonically. */
const growth = (): readonly Check[] => {
  const rows = rowsOf('value-crescendo');
  return rows
    .slice(1)
    .map((row, index) =>
      holdsFor(
        `v-norm-grows-to-layer-${row['layer']}`,
        divide(figure(row, 'v-norm'), figure(rows[index], 'v-norm')),
        { low: 1, high: Number.POSITIVE_INFINITY },
      ),
    );
};

const twinning = (): readonly Check[] => {
  const rows = rowsOf('spectral-twinning');
  const factors = rows.flatMap((row) =>
    ['kl-q-mp', 'kl-k-mp'].map((column) => divide(figure(row, column), figure(row, 'kl-q-k'))),
  );
  const deviations = rows.flatMap((row) => ['kl-q-mp', 'kl-k-mp'].map((column) => figure(row, column)));
  return [
    same('kl-q-k-below', union(rows.map((row) => figure(row, 'kl-q-k'))), statement('qk-kl')),
    same('kl-q-v-above', union(rows.map((row) => figure(row, 'kl-q-v'))), statement('qv-kl')),
    holdsFor('mutual-deviation-factor', union(factors), statement('qk-mutual')),
    holdsFor('deviation-from-mp', union(deviations), statement('qk-mp')),
    same('kl-v-mp-below', union(rows.map((row) => figure(row, 'kl-v-mp'))), statement('v-mp')),
  ];
};

/** a = ||W - W^T|| / ||W||: the antisymmetric part holds a^2 / 4 of the energy, and dominates above a half. */
const asymmetry = (): readonly Check[] => {
  const [low, high] = (rowWhere('asymmetry', 'layer', 'all')?.['ratio'] ?? []) as [string, string];
  const ratio = union([printed(low), printed(high)]);
  return [
    holdsFor(
      'antisymmetric-energy-dominates',
      monotone((a) => (a * a) / 4, ratio),
      { low: 0.5, high: 1 },
    ),
    same('ratio-of-random-matrices', ratio, exactly(Math.SQRT2)),
  ];
};

const correlations = (): readonly Check[] => {
  const views = ['k2', 'k2-t', 'k3', 'k3-skip', 'ete', 'identity'];
  const means = rowsOf('mean-correlations').flatMap((row) =>
    views.map((view) => monotone(Math.abs, figure(row, view))),
  );
  const meanAbs = rowsOf('summary-correlations').map((row) => figure(row, 'mean-abs-r'));
  return [
    same('mean-r-of-means', union(means), statement('mean-r')),
    holdsFor('mean-r-of-absolute-values', union(meanAbs), statement('mean-r')),
    same('noise-floor', exactly(1 / 256), statement('noise-floor')),
  ];
};

const bandSums = (): readonly Check[] =>
  ['q', 'k', 'v'].map((matrix) => {
    const parts = rowsOf('band-energy').map((row) => figure(row, matrix));
    return same(
      `bands-of-${matrix}-sum`,
      parts.reduce((sum, part) => ({ low: sum.low + part.low, high: sum.high + part.high }), exactly(0)),
      exactly(1),
    );
  });

const gap = (): Check => {
  const perplexity = (method: string) => figure(rowWhere('training-ladder', 'method', method), 'perplexity');
  return same(
    'perplexity-gap',
    monotone((x) => x - 1, divide(perplexity('ct-sft'), perplexity('v1'))),
    statement('gap'),
  );
};

const uniform = (): Check =>
  same(
    'random-init-is-uniform',
    monotone(Math.log, exactly(reported.setting.vocabulary)),
    figure(rowWhere('training-ladder', 'method', 'random-init'), 'loss'),
  );

/** Every check, in the order of the paper. */
export const auditReported = (): readonly Check[] => [
  uniform(),
  ...perplexities(),
  gap(),
  ...correlations(),
  ...bandSums(),
  ...twinning(),
  ...normRatios(),
  ...growth(),
  ...asymmetry(),
  ...driftRatios(),
];

const bound = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const reportedAudit = defineStage({
  module: import.meta.url,
  exportName: 'reportedAudit',
  kind: 'exact',
  inputs: {},
  outputs: { result: 'reported-audit.json' },
  params: z.strictObject({}),
  run: ({ outputs }) => {
    const checks = auditReported();
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'reported-audit',
          run: null,
          columns: [
            wordColumn('check', 'check'),
            numberColumn('implied-low', 'implied, from', fixed(4)),
            numberColumn('implied-high', 'to', fixed(4)),
            numberColumn('stated-low', 'stated, from', fixed(4)),
            numberColumn('stated-high', 'to', fixed(4)),
            wordColumn('verdict', 'verdict'),
          ],
          rows: checks.map(({ check, implied, stated, agrees }) => ({
            check,
            'implied-low': implied.low,
            'implied-high': implied.high,
            'stated-low': bound(stated.low),
            'stated-high': bound(stated.high),
            verdict: agrees ? 'agrees' : 'disagrees',
          })),
          nullModel: null,
        },
        {
          kind: 'value',
          id: 'reported-audit-disagreements',
          value: checks.filter(({ agrees }) => !agrees).length,
          unit: 'checks',
          format: { style: 'count' },
        },
        {
          kind: 'value',
          id: 'reported-audit-checks',
          value: checks.length,
          unit: 'checks',
          format: { style: 'count' },
        },
      ],
    });
  },
});
