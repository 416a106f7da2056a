import { expect, test } from 'vitest';
import { type Assessment, above, verdictOf } from '../../../../src/claims/claim.ts';
import { all } from '../../../../src/claims/claim-over-parts.ts';
import {
  besideInterval,
  besideSeeds,
  inEverySeed,
  onAverage,
} from '../../../../src/claims/claim-over-seeds.ts';
import { claimWords } from '../../../../src/claims/claim-words.ts';
import { createResultReader, type ResultReader } from '../../../../src/claims/result-reader.ts';
import { summariseSeeds } from '../../../../src/numerics/summarise-seeds.ts';
import { type ReplicateWords, seedWords } from '../../../../src/results/replicate-words.ts';
import { normsTable } from '../results/norms-table.ts';

const readerCalling = (
  called: ReplicateWords | undefined,
  ...sizes: readonly (readonly number[])[]
): ResultReader => {
  const rowsOf = (ofSeed: readonly number[]) => ofSeed.map((size, layer) => ({ matrix: 'Q', layer, size }));
  const table = normsTable(
    sizes.length === 1
      ? rowsOf(sizes[0]!)
      : Object.fromEntries(sizes.map((ofSeed, at) => [at + 1, rowsOf(ofSeed)])),
  );
  return createResultReader({
    tables: new Map([['norms', table]]),
    values: new Map(),
    onUse: () => {},
    calledIn: () => called,
  });
};
const readerOf = (...sizes: readonly (readonly number[])[]): ResultReader =>
  readerCalling(undefined, ...sizes);

const scale = { predicate: 'size is above one', per: 1, unit: 'sizes', noise: 0.1 };
const everyLayer = ({ column }: ResultReader) =>
  all(
    'in every layer the size is above one',
    column('norms', 'size').numbers.map((x, layer) => above(x, 1, { ...scale, of: `layer-${layer}` })),
  );
const meanOf =
  (noises: object) =>
  ({ column }: ResultReader) =>
    above(column('norms', 'size').mean, 1, { ...scale, ...noises });

test('a statement about every layer fails with the one seed in which one layer fails', () => {
  expect(verdictOf(inEverySeed(everyLayer)(readerOf([2, 3], [4, 5])))).toBe('holds');
  const found = inEverySeed(everyLayer)(readerOf([2, 3], [4, 5], [9, 0.5]));
  expect(found).toMatchObject({
    predicate: 'in every layer the size is above one, in every seed',
    evidence: 'seed 3: layer-1 has 0.5 against 1',
    margin: -0.5,
    noise: 0.1,
  });
  expect(verdictOf(found)).toBe('fails');
});

test('a statement about an average has half of the interval over seeds as its noise', () => {
  const found = onAverage(meanOf({ seedNoise: 5 }))(readerOf([2], [4]));
  const { halfWidth } = summariseSeeds([1, 3]);
  expect(found).toMatchObject({
    predicate: 'size is above one, on average over seeds',
    evidence: '2 seeds, the least: seed 1, 2 against 1',
    eachSeed: ['seed 1: 2 against 1', 'seed 2: 4 against 1'],
    margin: 2,
    noise: halfWidth,
  });
  expect(verdictOf(found)).toBe('undecided');
  expect(verdictOf(onAverage(meanOf({}))(readerOf([2], [2.01], [1.99])))).toBe('holds');
  // The noise of a null is common to all seeds, and stays where it is the larger one.
  expect(onAverage(meanOf({ noise: 3 }))(readerOf([2], [2.01], [1.99])).noise).toBe(3);
});

test('replicates are called as the table that is read calls them', () => {
  const draws = readerCalling({ one: 'draw', many: 'draws' }, [2], [4]);
  expect(onAverage(meanOf({}))(draws)).toMatchObject({
    predicate: 'size is above one, on average over draws',
    evidence: '2 draws, the least: draw 1, 2 against 1',
    eachSeed: ['draw 1: 2 against 1', 'draw 2: 4 against 1'],
  });
  const every = inEverySeed(meanOf({}))(draws);
  expect([every.predicate, every.evidence]).toEqual([
    'size is above one, in every draw',
    'draw 1: 2 against 1',
  ]);
  const judged = { ...every, verdict: 'holds', readings: [] } as unknown as Parameters<typeof claimWords>[0];
  expect(claimWords(judged)['margin']).toContain('standard deviations over 2 draws');
});

test('one seed falls back on the noise that is stated for seeds', () => {
  const assess = meanOf({ seedNoise: 5 });
  for (const over of [inEverySeed, onAverage]) {
    const found = over(assess)(readerOf([2]));
    expect(found).toMatchObject({ predicate: 'size is above one', margin: 1, noise: 5 });
    expect(verdictOf(found)).toBe('undecided');
  }
  // Several seeds show it: margins 1 and 1.1 differ by a standard deviation of 0.07, below the stated 0.1.
  expect(verdictOf(inEverySeed(assess)(readerOf([2], [2.1])))).toBe('holds');
});

/** Of each seed a margin and a noise, as a claim assesses it. */
const ofSeeds = (...seeds: readonly (readonly Assessment[])[]): ResultReader =>
  ({
    eachSeed: (read: (results: unknown) => unknown) =>
      seeds.map((found, at) => ({ seed: at + 1, found: read(found), called: seedWords })),
  }) as unknown as ResultReader;
const every = (parts: unknown): Assessment => all('every part', parts as readonly Assessment[]);
const part = (margin: number, noise = 0, seedNoise?: number): Assessment =>
  above(margin, 0, { ...scale, noise, ...(seedNoise === undefined ? {} : { seedNoise }) });

test('a seed that is undecided leaves every seed undecided, and one that fails decides', () => {
  const found = inEverySeed(every)(ofSeeds([part(2, 1)], [part(3, 5)]));
  expect(found).toMatchObject({ margin: 3, noise: 5, evidence: 'seed 2: 3 against 0' });
  expect(verdictOf(found)).toBe('undecided');
  expect(verdictOf(inEverySeed(every)(ofSeeds([part(-2, 1)], [part(3, 5)])))).toBe('fails');
});

test('what several seeds show gives way to no part that is open without it', () => {
  // Of one seed the second part is the more uncertain; over seeds, which agree on it, the first alone is open.
  const seed = [part(0.5, 1), part(3, 0, 5)];
  expect(inEverySeed(every)(ofSeeds(seed))).toMatchObject({ noise: 1 });
  expect(verdictOf(inEverySeed(every)(ofSeeds(seed, seed)))).toBe('undecided');
  expect(verdictOf(onAverage(every)(ofSeeds(seed, seed)))).toBe('undecided');
});

test('an average is as uncertain as the most uncertain of its seeds', () => {
  expect(verdictOf(onAverage(every)(ofSeeds([part(3)], [part(3, 10)])))).toBe('undecided');
  expect(verdictOf(onAverage(every)(ofSeeds([part(3, 10)], [part(3)])))).toBe('undecided');
});

test('a verdict on what seeds were made into has their spread beside it, and none of one alone', () => {
  const judged = (found: Assessment) =>
    claimWords({ ...found, verdict: 'holds', readings: [] } as unknown as Parameters<typeof claimWords>[0]);
  const found = part(3);
  expect(besideSeeds(found, [part(9)])).toBe(found);
  const beside = besideSeeds(found, [part(2), part(4), part(6)]);
  expect(beside).toMatchObject({ margin: 3, seeds: { n: 3, mean: 4, sd: 2 } });
  expect(judged(beside)['margin']).toBe('+3.00 sizes, +2.00 standard deviations over 3 seeds');
});

test('the interval of a mean tells how much single seeds differ', () => {
  const { mean, sd, low, high } = summariseSeeds([2, 4, 9]);
  const beside = besideInterval(part(3), { of: 'effect', mean, low, high, n: 3 });
  expect(beside.seeds!.sd).toBeCloseTo(sd, 12);
  const judged = { ...beside, verdict: 'holds', readings: [] } as unknown as Parameters<typeof claimWords>[0];
  expect(claimWords(judged)['margin']).toBe('+3.00 sizes, its effect +1.39 standard deviations over 3 seeds');
});
