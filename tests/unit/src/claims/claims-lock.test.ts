import { expect, test } from 'vitest';
import { type Verdict, verdictOf } from '../../../../src/claims/claim.ts';
import {
  acceptClaims,
  type ClaimsLock,
  checkClaimsLock,
  formatClaimsLock,
  readClaimsLock,
  verdictText,
} from '../../../../src/claims/claims-lock.ts';
import type { ClaimResult, PaperData } from '../../../../src/results/paper-data.ts';
import { errorText } from '../../../error-text.ts';

const claim = (margin: number): ClaimResult => {
  const assessment = {
    predicate: 'in every layer Q is nearer to K than to V',
    evidence: 'kl-q-k of layer-3 has 0.041 against 0.038',
    margin,
    unit: 'null sd',
    noise: 0.5,
  };
  return {
    ...assessment,
    verdict: verdictOf(assessment),
    power: null,
    readings: [],
    reported: [],
    original: null,
    reads: ['spectral-twinning'],
    cells: [],
    key: 'k',
  };
};

const dataOf = (claims: Readonly<Record<string, ClaimResult>>): PaperData =>
  ({
    tables: { 'spectral-twinning': { key: '9f2c0011aabb' } },
    values: {},
    claims,
  }) as unknown as PaperData;

const lockOf = (verdicts: Readonly<Record<string, Verdict>>): ClaimsLock => ({
  claims: Object.fromEntries(
    Object.entries(verdicts).map(([id, verdict]) => [id, { verdict, margin: 2, unit: 'null sd' }]),
  ),
});

const place = {
  lockFile: 'content/tiny/claims.lock.json',
  claimsFile: 'content/tiny/claims.ts',
  sentences: new Map([['twinning', { file: 'content/tiny/index.mdx', line: 148, column: 3 }]]),
  acceptCommand: 'npm run paper -- accept --profile paper',
};

const check = (claims: Readonly<Record<string, ClaimResult>>, verdicts: Readonly<Record<string, Verdict>>) =>
  checkClaimsLock(dataOf(claims), lockOf(verdicts), place);

test('verdicts that are as accepted say nothing, whatever their margins', () => {
  expect(check({ twinning: claim(7), other: claim(-3) }, { twinning: 'holds', other: 'fails' })).toEqual([]);
});

test('a claim that held and fails stops the build, with the sentence, the figure and the remedy', () => {
  expect(errorText(() => check({ twinning: claim(-0.9) }, { twinning: 'holds' }))).toBe(
    [
      'ClaimFlipped: "twinning" was recorded as holds, and now does not hold.',
      '  content/tiny/index.mdx:148 <- spectral-twinning.json (key 9f2c0011)',
      '  expected holds (+2.00 null sd): in every layer Q is nearer to K than to V',
      '  received fails (−0.90 null sd): kl-q-k of layer-3 has 0.041 against 0.038',
      '  hint: reword the sentence and run `npm run paper -- accept --profile paper twinning`.',
    ].join('\n'),
  );
});

test('several flips are told at once, a claim without a sentence by its file', () => {
  expect(
    errorText(() =>
      check({ twinning: claim(-0.9), silent: claim(4) }, { twinning: 'holds', silent: 'fails' }),
    ),
  ).toBe(
    [
      'ClaimFlipped: 2 claims have turned from the verdict that was recorded.',
      '  "twinning" was recorded as holds, and now does not hold.',
      '  content/tiny/index.mdx:148 <- spectral-twinning.json (key 9f2c0011)',
      '  expected holds (+2.00 null sd): in every layer Q is nearer to K than to V',
      '  received fails (−0.90 null sd): kl-q-k of layer-3 has 0.041 against 0.038',
      '  "silent" was recorded as fails, and now holds.',
      '  content/tiny/claims.ts <- spectral-twinning.json (key 9f2c0011)',
      '  expected fails (+2.00 null sd): in every layer Q is nearer to K than to V',
      '  received holds (+4.00 null sd): kl-q-k of layer-3 has 0.041 against 0.038',
      '  hint: reword the sentences and run `npm run paper -- accept --profile paper twinning silent`.',
    ].join('\n'),
  );
});

test('what becomes undecided, or is decided now, warns', () => {
  expect(check({ twinning: claim(0.2) }, { twinning: 'holds' })).toEqual([
    [
      'warning: "twinning" was recorded as holds, and now is undecided.',
      '  content/tiny/index.mdx:148 <- spectral-twinning.json (key 9f2c0011)',
      '  expected holds (+2.00 null sd): in every layer Q is nearer to K than to V',
      '  received undecided (+0.20 null sd): kl-q-k of layer-3 has 0.041 against 0.038',
      '  to record it: npm run paper -- accept --profile paper twinning',
    ].join('\n'),
  ]);
  expect(check({ twinning: claim(-5) }, { twinning: 'undecided' })).toHaveLength(1);
});

test('a claim without a record stops the build and says how to accept it', () => {
  expect(errorText(() => check({ twinning: claim(3) }, {}))).toBe(
    [
      'ClaimNotAccepted: "twinning" has no recorded verdict.',
      '  content/tiny/claims.lock.json',
      '  content/tiny/index.mdx:148 <- spectral-twinning.json (key 9f2c0011): twinning holds (+3.00 null sd)',
      '  hint: read the sentence beside its verdict, then run `npm run paper -- accept --profile paper twinning`.',
    ].join('\n'),
  );
});

test('a record without its claim stops the build', () => {
  expect(errorText(() => check({ twinning: claim(3) }, { twinning: 'holds', renamed: 'fails' }))).toBe(
    [
      'LockedClaimGone: no claim is named "renamed".',
      '  content/tiny/claims.lock.json',
      '  the lock records a verdict for it',
      '  hint: bring the claim back to content/tiny/claims.ts, or drop its record by `npm run paper -- accept --profile paper renamed`.',
    ].join('\n'),
  );
});

test('accepting replaces, adds and drops, says each, and leaves the rest as it is', () => {
  const { lock, lines } = acceptClaims(
    dataOf({ twinning: claim(-0.98765), added: claim(4), left: claim(9) }),
    lockOf({ twinning: 'holds', gone: 'fails', left: 'holds' }),
    ['twinning', 'added', 'gone'],
  );
  expect(lines).toEqual([
    'twinning: holds (+2.00 null sd) -> fails (−0.99 null sd)',
    'added: new -> holds (+4.00 null sd)',
    'gone: fails (+2.00 null sd) -> dropped',
  ]);
  const text = formatClaimsLock(lock);
  expect(text).toBe(
    `{
  "claims": {
    "added": {
      "verdict": "holds",
      "margin": 4,
      "unit": "null sd"
    },
    "left": {
      "verdict": "holds",
      "margin": 2,
      "unit": "null sd"
    },
    "twinning": {
      "verdict": "fails",
      "margin": -0.988,
      "unit": "null sd"
    }
  }
}
`,
  );
  expect(formatClaimsLock(readClaimsLock(text, place.lockFile))).toBe(text);
});

test('a lock that is no lock is refused by field', () => {
  const hint =
    '  hint: it is written by `npm run paper -- accept`: take it back from version control, or delete it and accept anew.';
  expect(errorText(() => readClaimsLock('{', place.lockFile))).toBe(
    [
      'BadClaimsLock: content/tiny/claims.lock.json does not hold accepted verdicts: it is not JSON: close brace expected.',
      '  content/tiny/claims.lock.json:1:2',
      hint,
    ].join('\n'),
  );
  expect(
    errorText(() =>
      readClaimsLock('{"claims": {"a": {"verdict": "maybe", "margin": 1, "unit": "x"}}}', place.lockFile),
    ),
  ).toBe(
    [
      'BadClaimsLock: content/tiny/claims.lock.json does not hold accepted verdicts: claims.a.verdict: Invalid option: expected one of "holds"|"fails"|"undecided".',
      '  content/tiny/claims.lock.json:1:30',
      hint,
    ].join('\n'),
  );
});

test('what a merge left in a lock is told at its first mark', () => {
  const text = '{"claims": {\n<<<<<<< HEAD\n}}';
  expect(
    errorText(() => readClaimsLock(text, place.lockFile))
      .split('\n')
      .slice(0, 2),
  ).toEqual([
    'BadClaimsLock: content/tiny/claims.lock.json does not hold accepted verdicts: it holds the marks of a merge that is not finished.',
    '  content/tiny/claims.lock.json:2:1',
  ]);
});

test('a verdict reads alike before it is recorded and after, also where its margin rounds twice', () => {
  const found = claim(-0.4252);
  const { lock } = acceptClaims(dataOf({ twinning: found }), lockOf({}), ['twinning']);
  expect(verdictText(lock.claims['twinning']!)).toBe(verdictText(found));
});

test('a claim may be named by a word that every object has, and is held to the lock as any other', () => {
  const data = dataOf({ constructor: claim(2) });
  expect(errorText(() => checkClaimsLock(data, { claims: {} }, place))).toContain(
    'ClaimNotAccepted: "constructor" has no recorded verdict.',
  );
  const { lock, lines } = acceptClaims(data, { claims: {} }, ['constructor']);
  expect(lines).toEqual(['constructor: new -> holds (+2.00 null sd)']);
  expect(checkClaimsLock(data, lock, place)).toEqual([]);
  expect(errorText(() => checkClaimsLock(dataOf({}), lock, place))).toContain('LockedClaimGone');
  expect(acceptClaims(dataOf({}), lock, ['constructor']).lock.claims).toEqual({});
});
