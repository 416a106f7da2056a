import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Assessment, above, overSeeds, type Verdict, verdictOf } from '../../../../src/claims/claim.ts';
import { all, any, atLeast } from '../../../../src/claims/claim-over-parts.ts';
import { seedWords } from '../../../../src/results/replicate-words.ts';
import { errorText } from '../../../error-text.ts';

const part = (margin: number, noise = 0, seedNoise?: number): Assessment =>
  above(margin, 0, {
    predicate: '',
    per: 1,
    unit: 'sizes',
    noise,
    ...(seedNoise === undefined ? {} : { seedNoise }),
  });

test('a conjunction is as undecided as its parts, and its margin has the noise of the part that decides', () => {
  expect(all('both', [part(2, 1), part(3, 5)])).toMatchObject({ predicate: 'both', margin: 3, noise: 5 });
  expect(verdictOf(all('both', [part(2, 1), part(3, 5)]))).toBe('undecided');
  // One that fails decides, whatever else is open.
  expect(all('both', [part(-2, 1), part(-3, 5)])).toMatchObject({ margin: -2, noise: 1 });
  expect(all('three', [part(7), part(5, 1), part(6, 2)])).toMatchObject({ margin: 5, noise: 1 });
});

test('a disjunction is decided by one part that holds, and fails only if none is open', () => {
  expect(any('one', [part(2, 1), part(3, 5)])).toMatchObject({ margin: 2, noise: 1 });
  expect(any('one', [part(-2, 1), part(-3, 5)])).toMatchObject({ margin: -3, noise: 5 });
  expect(any('one', [part(-2, 1), part(-3, 1)])).toMatchObject({ margin: -2, noise: 1 });
});

test('a share of the parts is asked for by the part that decides', () => {
  const parts = (...margins: readonly number[]) => margins.map((margin) => part(margin));
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, 4, 5, 6, 7, -9))).toMatchObject({
    predicate: 'nearly all',
    margin: 1,
    evidence: '7 of 8; 1 against 0',
  });
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, 4, 5, 6, -8, -9)).margin).toBe(-8);
  // Of four, seven eighths are all four.
  expect(atLeast(7 / 8, 'nearly all', parts(1, 2, 3, -1)).margin).toBe(-1);
  expect(atLeast(0.2, 'few', parts(-1, -2, -3, -4, 5)).margin).toBe(5);
  // What is open counts as neither.
  expect(atLeast(0.5, 'half', [part(4), part(3, 9), part(-1), part(-2)])).toMatchObject({
    margin: 3,
    noise: 9,
    evidence: '1 of 4, 1 undecided; 3 against 0',
  });
});

test('of equal margins the part that seeds agree on least decides of all, and most of any', () => {
  const spread = (mean: number, sd: number): Assessment => ({
    ...part(2),
    seeds: { of: 'effect', n: 3, mean, sd, called: seedWords },
  });
  const parts = [spread(6, 1), spread(-2, 1), spread(8, 2)];
  for (const order of [parts, parts.toReversed()]) {
    expect(all('each', order).seeds).toMatchObject({ mean: -2 });
    expect(any('one', order).seeds).toMatchObject({ mean: 6 });
  }
  // A smaller margin is smaller, however seeds agree on it.
  expect(all('each', [part(1), ...parts]).seeds).toBeUndefined();
});

/** Of what is true of a part within its noise: both, one, or the other. */
const possible = (assessment: Assessment): readonly boolean[] =>
  ({ holds: [true], fails: [false], undecided: [true, false] })[verdictOf(assessment)];

/** Independent of the rule: tries every way in which the parts may turn out. */
const byTrial = (parts: readonly Assessment[], asked: number): Verdict => {
  const worlds = parts.reduce<readonly (readonly boolean[])[]>(
    (before, of) => before.flatMap((world) => possible(of).map((truth) => [...world, truth])),
    [[]],
  );
  const outcomes = new Set(worlds.map((world) => world.filter(Boolean).length >= asked));
  return outcomes.size === 2 ? 'undecided' : outcomes.has(true) ? 'holds' : 'fails';
};

test('a verdict is the one in which all possible truths of the parts agree, and is that of a part', () => {
  const somePart = fc
    .tuple(
      fc.integer({ min: -4, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      fc.option(fc.integer({ min: 0, max: 4 })),
    )
    .map(([margin, noise, seedNoise]) => part(margin, noise, seedNoise ?? undefined));
  fc.assert(
    fc.property(
      fc.array(somePart, { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (parts, share) => {
        const asked = Math.max(1, Math.ceil(share * parts.length - 1e-9));
        const rules = [
          [all('all', parts), parts.length],
          [any('any', parts), 1],
          [atLeast(share, 'some', parts), asked],
        ] as const;
        for (const [found, least] of rules) {
          expect(verdictOf(found)).toBe(byTrial(parts, least));
          expect(parts.some(({ margin, noise }) => margin === found.margin && noise === found.noise)).toBe(
            true,
          );
          // Seeds that show their own spread leave the rest of the logic as it is.
          expect(verdictOf(overSeeds(found))).toBe(byTrial(parts.map(overSeeds), least));
        }
      },
    ),
    { seed: 54 },
  );
});

test('a claim about nothing, or about a share that is none, is refused', () => {
  expect(errorText(() => all('all are less', []))).toBe(
    'NoMargin: the claim that all are less is about nothing.\n  hint: the table that it reads has no rows: see its stage.',
  );
  for (const share of [0, -1, 1.5, 7, Number.NaN]) {
    expect(errorText(() => atLeast(share, 'most are less', [part(1)]))).toBe(
      [
        'BadShare: the claim that most are less asks for a share of its parts that is none.',
        `  expected a number above 0, and 1 at most; received ${share}`,
        '  hint: write how many of how many are asked for: atLeast(7 / 8, …).',
      ].join('\n'),
    );
  }
});

test('a part without a margin or a noise decides nothing', () => {
  for (const combine of [all, any, atLeast.bind(null, 0.5)]) {
    expect(errorText(() => combine('both', [part(2), { ...part(2), margin: Number.NaN }]))).toMatch(
      /^NoMargin: /,
    );
    expect(errorText(() => combine('both', [part(2), { ...part(2), noise: Number.NaN }]))).toMatch(
      /^BadNoise: /,
    );
  }
});
