import { expect, test } from 'vitest';
import { above, below, type ClaimDefinition } from '../../../../src/claims/claim.ts';
import { besideSeeds } from '../../../../src/claims/claim-over-seeds.ts';
import { claimHeading, claimWords } from '../../../../src/claims/claim-words.ts';
import { judgeClaim } from '../../../../src/claims/judge-claim.ts';
import { createResultReader } from '../../../../src/claims/result-reader.ts';
import type { PaperError } from '../../../../src/engine/stage/index.ts';
import { normsTable } from '../results/norms-table.ts';

const results = createResultReader({
  tables: new Map([['norms', normsTable([{ matrix: 'Q', layer: 0, size: 2 }])]]),
  values: new Map(),
  onUse: () => {},
});
const scale = { predicate: 'the size is small', per: 1, unit: 'sizes', noise: 0.1 };
const small: ClaimDefinition = { assess: ({ column }) => below(column('norms', 'size').mean, 3, scale) };
const judged = (claim: Partial<ClaimDefinition>) => judgeClaim('sizes', { ...small, ...claim }, results);
const refusal = (claim: Partial<ClaimDefinition>): PaperError => {
  try {
    judged(claim);
  } catch (error) {
    return error as PaperError;
  }
  throw new Error('it was not refused');
};

test('an absence holds only where the test would have found what it looks for', () => {
  const strong = () => ({ power: 0.97, of: 'a size of 0.05' });
  const weak = () => ({ power: 0.4, of: 'a size of 0.05' });
  expect(judged({ absence: true, power: strong }).verdict).toBe('holds');
  expect(judged({ absence: true, power: weak }).verdict).toBe('undecided');
  // What is there was found, however weak the test.
  const large: ClaimDefinition['assess'] = ({ column }) => below(column('norms', 'size').mean, 1, scale);
  expect(judged({ absence: true, power: weak, assess: large }).verdict).toBe('fails');
  // What was merely not detected may be said of a weak test.
  expect(judged({ power: weak }).verdict).toBe('holds');
});

test.each([
  ['nothing', undefined, 'expected what above, below or within gives; received undefined'],
  ['whether it holds', true, 'expected what above, below or within gives; received true'],
  ['no words', above(2, 1, { ...scale, predicate: ' ' }), 'expected a predicate in words; received none'],
])('an assessment that gives %s is refused', (_, given, detail) => {
  const { name, message, details } = refusal({ assess: () => given as never });
  expect({ name, message, details }).toEqual({
    name: 'BadClaim',
    message: "claim 'sizes' is not judged by its `assess`.",
    details: [detail],
  });
});

test('why no power is stated is told with that none is, and no reason stands beside a power or in the place of one', () => {
  const exact = judged({ noPower: 'the figure is exact' });
  expect(claimWords(exact)['power']).toBe('none is stated: the figure is exact');
  expect(claimWords(judged({}))['power']).toBe('none is stated');
  expect(refusal({ noPower: ' ' }).message).toBe("claim 'sizes' says in no words why it states no power.");
  const power = () => ({ power: 0.97, of: 'a size of 0.05' });
  expect(refusal({ noPower: 'the figure is exact', power }).message).toBe(
    "claim 'sizes' states a power, and why it states none.",
  );
  expect(refusal({ absence: true, noPower: 'the figure is exact' }).name).toBe('AbsenceWithoutPower');
});

test('why a margin has no spread over seeds is told with it, and no reason stands beside a spread', () => {
  expect(claimWords(judged({ noSeeds: 'one model was trained' }))['margin']).toBe(
    '+1.00 sizes; no spread over seeds: one model was trained; within 0.10 undecided',
  );
  expect(refusal({ noSeeds: ' ' }).message).toBe(
    "claim 'sizes' says in no words why it has no spread over seeds.",
  );
  const found = above(2, 1, scale);
  const assess = () => besideSeeds(found, [found, found]);
  expect(refusal({ noSeeds: 'one model was trained', assess }).message).toBe(
    "claim 'sizes' has a spread over seeds, and says why it has none.",
  );
});

test('an absence without power is refused, and the refusal pastes the remedy', () => {
  const { name, message, details, hint } = refusal({ absence: true });
  expect({ name, message }).toEqual({
    name: 'AbsenceWithoutPower',
    message: "claim 'sizes' asserts an absence, and states no power of its test.",
  });
  expect(details).toEqual(['a test that finds nothing may be one that could find nothing']);
  expect(hint).toContain("power: ({ cell }) => ({ power: cell('power'");
});

test.each([Number.NaN, -0.1, 1.1, Number.POSITIVE_INFINITY])('a power of %s is none', (power) => {
  const { name, message, details } = refusal({ power: () => ({ power, of: 'x' }) });
  expect({ name, message, details }).toEqual({
    name: 'BadPower',
    message: "the power of claim 'sizes' is no share of trials.",
    details: [`expected a number from 0 to 1; received ${power}`],
  });
});

test('other readings stand beside the verdict, and the words say whether they agree', () => {
  const other: ClaimDefinition['assess'] = ({ column }) => above(column('norms', 'size').mean, 3, scale);
  const words = (readings: NonNullable<ClaimDefinition['readings']>) =>
    claimWords(judged({ readings })).readings;
  expect(judged({ readings: { 'raw counts': other } }).readings).toEqual([
    { reading: 'raw counts', verdict: 'fails', margin: -1, unit: 'sizes' },
  ]);
  expect(words({ 'raw counts': other })).toBe('under this reading only; another verdict: raw counts');
  expect(words({ 'raw counts': small.assess })).toBe('the same: raw counts');
  expect(words({ 'raw counts': small.assess, 'log counts': other })).toBe(
    'the same: raw counts; another verdict: log counts',
  );
});

test('a verdict tells its margin, its noise and its power, or that it has none', () => {
  expect(claimWords(judged({}))).toEqual({
    predicate: 'the size is small',
    evidence: '2 against 3',
    margin: '+1.00 sizes; within 0.10 undecided',
    power: 'none is stated',
  });
  expect(claimWords(judged({ power: () => ({ power: 0.8, of: 'a size of 0.05' }) })).power).toBe(
    'finds a size of 0.05 in 80\u202f% of trials',
  );
});

test('a claim is called by its sentence, and by predicate and verdict where that is a part of one', () => {
  const claim = judged({});
  expect(claimHeading('The size is 2.', claim)).toBe('The size is 2.');
  expect(claimHeading('$Q$ is small.', claim)).toBe('$Q$ is small.');
  expect(claimHeading('The size is small,', claim)).toBe('The size is small');
  for (const part of ['and small at that.', 'élargie ailleurs', undefined])
    expect(claimHeading(part, claim)).toBe('The size is small: holds');
});
