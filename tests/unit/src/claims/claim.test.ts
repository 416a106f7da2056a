import { expect, test } from 'vitest';
import { above, below, verdictOf, within } from '../../../../src/claims/claim.ts';
import { errorText } from '../../../error-text.ts';

test('a margin is the distance to flipping in its unit, and a small one decides nothing', () => {
  const scale = { predicate: 'p', per: 2, unit: 'null sd', noise: 0.5 };
  expect(below(1, 5, scale).margin).toBe(2);
  expect(above(1, 5, scale).margin).toBe(-2);
  expect(within(4, 1, 5, scale).margin).toBe(0.5);
  expect(verdictOf(below(1, 5, scale))).toBe('holds');
  expect(verdictOf(above(1, 5, scale))).toBe('fails');
  expect(verdictOf(within(4, 1, 5, scale))).toBe('undecided');
  // One seed alone has the noise that is stated for seeds, where that is the larger one.
  expect(below(1, 5, { ...scale, seedNoise: 3 })).toMatchObject({ margin: 2, noise: 3 });
  expect(below(1, 5, { ...scale, seedNoise: 0.1 })).toMatchObject({ margin: 2, noise: 0.5 });
});

const nulls = 'measure the margin in units of a null that varies, or of a quantity that is above zero.';

test.each([0, -2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'a margin in units of %s is none',
  (per) => {
    for (const assess of [below, above]) {
      const distance = assess === below ? 4 : -4;
      expect(errorText(() => assess(1, 5, { predicate: 'it is so', per, unit: 'null sd' }))).toBe(
        [
          'NoMargin: the claim that it is so has no margin.',
          `  expected a finite distance, and a finite unit above zero; received ${distance} per ${per}`,
          `  hint: ${nulls}`,
        ].join('\n'),
      );
    }
  },
);

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  'a figure or a bound of %s gives no margin',
  (bad) => {
    const scale = { predicate: '', of: 'q of layer-3', per: 1, unit: 'sizes' };
    for (const assess of [
      () => below(bad, 5, scale),
      () => above(1, bad, scale),
      () => within(bad, 1, 5, scale),
    ]) {
      expect(errorText(assess)).toMatch(
        /^NoMargin: what a claim says of q of layer-3 has no margin\.\n {2}expected a finite distance, and a finite unit above zero; received \S+ per 1\n/,
      );
    }
  },
);

test.each(['noise', 'seedNoise'] as const)(
  'a %s that is no size is refused, and decides nothing',
  (field) => {
    for (const bad of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(errorText(() => above(5, 1, { predicate: '', per: 1, unit: 'sizes', [field]: bad }))).toBe(
        [
          'BadNoise: a part of a claim has a noise that is none.',
          `  expected \`${field}\` to be finite, 0 or above; received ${bad}`,
          '  hint: a noise is what the figure is uncertain by, in the unit of the margin; leave it out where there is none.',
        ].join('\n'),
      );
    }
  },
);

test('bounds in the wrong order are refused', () => {
  expect(errorText(() => within(3, 5, 1, { predicate: 'it lies between', per: 1, unit: 'sizes' }))).toBe(
    [
      'BadBounds: the claim that it lies between has bounds that hold no number.',
      '  expected the lower bound first; received 5 to 1',
      '  hint: write within(measured, low, high, …).',
    ].join('\n'),
  );
});

test('an assessment that was made by hand has a verdict only with a margin and a noise', () => {
  const made = { predicate: 'it is so', evidence: '', margin: 2, unit: 'sizes', noise: 0 };
  expect(verdictOf(made)).toBe('holds');
  expect(errorText(() => verdictOf({ ...made, margin: Number.NaN }))).toBe(
    [
      'NoMargin: the claim that it is so has no margin.',
      '  expected a finite number; received NaN',
      '  hint: assess it by above, below or within, or see which figure it reads that is none.',
    ].join('\n'),
  );
  expect(errorText(() => verdictOf({ ...made, noise: Number.NaN }))).toMatch(
    /^BadNoise: the claim that it is so has a noise that is none\.\n {2}expected `noise` to be finite/,
  );
});
