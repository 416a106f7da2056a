import { expect, test } from 'vitest';
import { prepareRecomputations } from '../../../../src/recompute/prepare-recomputations.ts';
import { rejectionText } from '../../../error-text.ts';
import { normsTable } from '../results/norms-table.ts';

type Computed = Parameters<typeof prepareRecomputations>[1];

const placeOf = () => ({ file: 'experiments/tiny/pipeline.ts', line: 7 });

/** A paper of one table, whose stage is as said. */
const prepared = (stage: object) => {
  const table = { ...normsTable([]), key: 'k', stages: ['norms'] };
  const computed = {
    pipeline: { paper: 'tiny', locked: false, results: [], files: {}, recomputable: { norms: 'every' } },
    data: { paper: 'tiny', tables: { norms: table } },
    finished: new Map([['norms', { stage: { name: 'norms', inputs: {}, files: {}, ...stage } }]]),
  };
  return prepareRecomputations('/project', computed as unknown as Computed, placeOf);
};

const refusal = (reason: string): string =>
  [
    `NotForBrowser: table 'norms' cannot be computed anew by readers: ${reason}.`,
    '  experiments/tiny/pipeline.ts:7',
    "  its stage is 'norms'",
    '  hint: take it out of `recomputable`.',
  ].join('\n');

test('a command, and a stage that reads files from outside, are refused', async () => {
  expect(await rejectionText(prepared({ code: { program: () => undefined } }))).toBe(
    refusal('it is a command'),
  );
  expect(await rejectionText(prepared({ code: {}, files: { text: { path: '/a' } } }))).toBe(
    refusal('it reads files from outside the project'),
  );
});

test('a paper that offers nothing needs no worker', async () => {
  const nothing = await prepareRecomputations('/project', { pipeline: {} } as unknown as Computed, placeOf);
  expect(nothing.files.size).toBe(0);
});
