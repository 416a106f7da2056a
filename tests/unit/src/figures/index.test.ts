/** Builders give ordinary specifications, which are drawn. */
import { expect, test } from 'vitest';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { bars, distribution, heatmap, lines, points } from '../../../../src/figures/index.ts';
import { source } from './tiny-figure.ts';

/** Means of two replicates, with their interval and a null. */
const row = (band: string, energy: number) => ({
  band,
  energy,
  'energy-low': energy - 0.5,
  'energy-high': energy + 0.5,
  'energy-null-low': 1,
  'energy-null-high': 2,
  uniform: 1.5,
});
const rows = [row('low', 1), row('middle', 2.5), row('high', 4)];
const several = { 'band-energy.mean': rows };
/** One replicate has no interval. */
const single = {
  'band-energy.mean': rows.map(({ 'energy-low': low, 'energy-high': high, ...others }) => others),
};

const data = 'band-energy.mean';
const x = { field: 'band', title: 'band', type: 'nominal' } as const;
const y = { title: 'energy' };
const series = { energy: { label: 'E', style: 1 } } as const;

/** Marks of a drawing by kind, axes and grids apart. */
const marksOf = async (spec: object, datasets: Parameters<typeof drawFigure>[1] = several) => {
  const { drawings } = await drawFigure(source(spec, 'content/other/figures/energies.ts'), datasets);
  const groups = drawings.column.matchAll(/<g class="mark-(\w+) role-mark[^"]*"[^>]*>(.*?)<\/g>/gs);
  const counts: Record<string, number> = {};
  for (const [, kind = '', inner = ''] of groups) {
    counts[kind] = (counts[kind] ?? 0) + (inner.match(/<(path|line|rect)/g)?.length ?? 0);
  }
  return counts;
};

const linesWithAll = lines({
  data,
  x,
  y,
  series,
  interval: true,
  chance: [['energy-null-low', 'energy-null-high']],
  against: ['uniform'],
  reference: 1,
});

test('lines: a line a column with points, in its interval, over the null, what it is held against, and a rule', async () => {
  // Two areas; the line, and the one it is held against, thick with a thin one in it.
  expect(await marksOf(linesWithAll)).toEqual({ area: 2, line: 3, symbol: 3, rule: 1 });
});

test('lines of one replicate have no interval', async () => {
  expect(await marksOf(linesWithAll, single)).toEqual({ area: 1, line: 3, symbol: 3, rule: 1 });
});

const ratios = points({
  data,
  x,
  y,
  transform: ['', '-low', '-high', '-null-low', '-null-high'].map((part) => ({
    calculate: `datum['energy${part}'] / datum.uniform`,
    as: `ratio${part}`,
  })),
  series: { ratio: { label: 'E', style: 2 } },
  interval: true,
  chance: ['-null-low', '-null-high'],
  reference: 1,
});

test('points: a point a row and column, with its interval, before what chance gives, and a rule', async () => {
  expect(await marksOf(ratios)).toEqual({ rect: 3, rule: 4, symbol: 3 });
});

test('points of one replicate have no interval, also where it would be calculated', async () => {
  expect(await marksOf(ratios, single)).toEqual({ rect: 3, rule: 1, symbol: 3 });
});

test('single replicates are faint marks of their own, beside lines and points of their means', async () => {
  const seeds = rows.flatMap(({ band, energy, uniform }) =>
    [1, 2].map((seed) => ({ seed, band, energy: energy + seed, uniform })),
  );
  const given = { ...single, 'band-energy': seeds, 'band-energy.reported': [rows[0]!] };
  // Two dots a band, and none at the means: the line goes through those.
  expect(await marksOf(lines({ data, x, y, series, replicates: 'band-energy' }), given)).toEqual({
    line: 1,
    symbol: 6,
  });
  // Ratios are taken of them as of the means; the original's are one more.
  const ratio = { calculate: 'datum.energy / datum.uniform', as: 'ratio' };
  const spec = points({
    data,
    x,
    y,
    transform: [ratio],
    series: { ratio: { label: 'E', style: 2 } },
    replicates: 'band-energy',
    reported: 'band-energy.reported',
  });
  expect(await marksOf(spec, given)).toEqual({ symbol: 6 + 3 + 1 });
});

test('bars: a bar a row, each with a mark across at its reference', async () => {
  const spec = bars({ data, y: x, x: { field: 'energy', title: 'energy' }, reference: 'uniform' });
  expect(await marksOf(spec)).toEqual({ rect: 6 });
});

test('heatmap: a shade a row', async () => {
  const spec = heatmap({
    data,
    x,
    y: { field: 'uniform', title: 'uniform', type: 'ordinal' },
    colour: { field: 'energy', title: 'energy' },
  });
  expect(await marksOf(spec)).toEqual({ rect: 3 });
});

test('distribution: how often draws fall where, and a rule where one figure stands', async () => {
  const draws = { ...several, measured: [{ energy: 3 }] };
  const mark = { data: 'measured', field: 'energy' };
  expect(await marksOf(distribution({ data, field: 'energy', title: 'energy', mark }), draws)).toEqual({
    rect: 3,
    rule: 1,
  });
});
