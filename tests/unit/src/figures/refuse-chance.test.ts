import { expect, test } from 'vitest';
import { after, plain, textOf, withY } from './tiny-figure.ts';

const titled = (expr: string) => ({ ...plain, title: { text: { expr } } });
const chance = 'it draws at random';
const clock = 'it asks the clock';
const hints = {
  [chance]: 'let a stage draw at random, with a seed, and the bounds of intervals with it.',
  [clock]: 'write the date out, or let a stage compute what the figure shows.',
};

test.each([
  ['a sample', after({ sample: 1 }), chance, '18'],
  ['a word by chance', titled('random()'), chance, '18'],
  [
    'an interval by bootstrap',
    withY({ field: 'energy', aggregate: 'ci0', type: 'quantitative' }),
    chance,
    '13',
  ],
  ['now', titled('now()'), clock, '18'],
  ['a date of nothing', after({ calculate: 'datum.energy + time(datetime())', as: 'late' }), clock, '18'],
  [
    'a label of today',
    withY({ field: 'energy', type: 'quantitative', axis: { labelExpr: 'datum.label + now()' } }),
    clock,
    '15',
  ],
  ['a parameter', { ...titled('when'), params: [{ name: 'when', expr: 'now()' }] }, clock, '24'],
] as const)('a figure gives the same drawing each time: %s', async (_, spec, what, line) => {
  expect((await textOf(spec)).split('\n')).toEqual([
    `BadFigure: figure 'energies' cannot be drawn: ${what}, and gives another drawing each time.`,
    expect.stringMatching(new RegExp(`^  content/other/figures/energies\\.json:${line}:\\d+$`)),
    `  hint: ${hints[what]}`,
  ]);
});

test('a date that is written out is none of them', async () => {
  expect(await textOf(titled("timeFormat(datetime(2026, 0, 31), '%Y')"))).toBe('drawn');
});
