/**
 * What the reported figures imply about each other and about the text, by interval arithmetic on the printed
 * precision, so that nothing is called a slip that rounding explains.
 */
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Check, divide, figure, rowsOf, rowWhere, same, setting, statement } from './audit-check.ts';
import { correlationChecks } from './correlation-checks.ts';
import { exactly, monotone } from './interval.ts';
import { invariantChecks } from './invariant-checks.ts';

const ladder = (): readonly Check[] => {
  const of = (method: string, column: string) =>
    figure(rowWhere('training-ladder', 'method', method), column);
  return [
    same(
      'random-init-is-uniform',
      'log of the vocabulary, against the loss of a random init',
      exactly(Math.log(setting.vocabulary)),
      of('random-init', 'loss'),
    ),
    ...rowsOf('training-ladder').map((row) =>
      same(
        `perplexity-${row['method']}`,
        'perplexity from the loss',
        monotone(Math.exp, figure(row, 'loss')),
        figure(row, 'perplexity'),
      ),
    ),
    same(
      'perplexity-gap',
      'gap from the two perplexities',
      monotone((x) => x - 1, divide(of('ct-sft', 'perplexity'), of('v1', 'perplexity'))),
      statement('gap'),
    ),
  ];
};

/** Every check, in the order of the paper. */
export const auditReported = (): readonly Check[] => [
  ...ladder(),
  ...correlationChecks(),
  ...invariantChecks(),
];

const bound = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const reportedAudit = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'reported-audit.json' },
  params: z.strictObject({}),
  run: ({ outputs }) => {
    const checks = auditReported();
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'reported-audit',
        run: null,
        columns: [
          nameColumn('check'),
          nameColumn('relation'),
          numberColumn('implied-low'),
          numberColumn('implied-high'),
          numberColumn('stated-low'),
          numberColumn('stated-high'),
          nameColumn('verdict'),
        ],
        rows: checks.map(({ check, relation, implied, stated, agrees }) => ({
          check,
          relation,
          'implied-low': implied.low,
          'implied-high': implied.high,
          'stated-low': bound(stated.low),
          'stated-high': bound(stated.high),
          verdict: agrees ? 'agrees' : 'disagrees',
        })),
      },
      {
        kind: 'value',
        id: 'reported-audit-disagreements',
        value: checks.filter(({ agrees }) => !agrees).length,
        unit: 'checks',
      },
      {
        kind: 'value',
        id: 'reported-audit-checks',
        value: checks.length,
        unit: 'checks',
      },
    ]);
  },
});
