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

/**
 * What a check is: arithmetic, where the figures contradict each other or the words about them, or a null test, where
 * they are held against what chance gives.
 */
const isNullTest = ({ check }: Check): boolean =>
  /^(not-significant-|band-|ratio-of-random-matrices$)/.test(check);
/** A sentence that holds in one of two readings is no slip. */
const isReading = ({ check }: Check): boolean => check.startsWith('mean-r-of-');

const kindOf = (check: Check): 'arithmetic' | 'reading' | 'null test' => {
  if (isNullTest(check)) return 'null test';
  return isReading(check) ? 'reading' : 'arithmetic';
};

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
          nameColumn('kind'),
          nameColumn('relation'),
          numberColumn('implied-low'),
          numberColumn('implied-high'),
          numberColumn('stated-low'),
          numberColumn('stated-high'),
          nameColumn('verdict'),
        ],
        rows: checks.map((given) => {
          const { check, relation, implied, stated, agrees } = given;
          return {
            check,
            kind: kindOf(given),
            relation,
            'implied-low': implied.low,
            'implied-high': implied.high,
            'stated-low': bound(stated.low),
            'stated-high': bound(stated.high),
            verdict: agrees ? 'agrees' : 'disagrees',
          };
        }),
      },
      ...(['arithmetic', 'reading', 'null test'] as const).flatMap((kind) => {
        const ofKind = checks.filter((check) => kindOf(check) === kind);
        const id = kind.replace(' ', '-');
        return [
          {
            kind: 'value' as const,
            id: `reported-audit-${id}-checks`,
            value: ofKind.length,
            unit: 'checks',
          },
          {
            kind: 'value' as const,
            id: `reported-audit-${id}-disagreements`,
            value: ofKind.filter(({ agrees }) => !agrees).length,
            unit: 'checks',
          },
        ];
      }),
    ]);
  },
});
