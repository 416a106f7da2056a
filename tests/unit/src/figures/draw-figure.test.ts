import { expect, test } from 'vitest';
import type { DatasetRow } from '../../../../src/figures/dataset-rows.ts';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { figureWidths } from '../../../../src/figures/theme.ts';
import { after, datasets, plain, source, textOf, withY } from './tiny-figure.ts';

test('a table of any name is drawn as its specification says, for the column and for a phone', async () => {
  const { drawings, rows } = await drawFigure(source(plain), datasets);
  expect(rows).toBe(datasets['band-energy']);
  const widths = Object.values(drawings).map((svg) => Number(/width="([\d.]+)"/.exec(svg)?.[1]));
  expect(widths[0]).toBeGreaterThan(widths[1]! + 200);
  expect(drawings.column).toContain('var(--fig-ink)');
  expect(drawings.column).toContain('low');
});

test('words of an axis take their room from the plot: no drawing is wider than its place', async () => {
  const named = datasets['band-energy']!.map((row) => ({
    ...row,
    band: `a band of long words, ${row['band']}`,
  }));
  const turned = { ...plain, encoding: { x: plain.encoding.y, y: plain.encoding.x } };
  const { drawings } = await drawFigure(source(turned), { ...datasets, 'band-energy': named });
  for (const [place, svg] of Object.entries(drawings)) {
    const width = Number(/width="([\d.]+)"/.exec(svg)?.[1]);
    expect(width, place).toBeLessThanOrEqual(figureWidths[place as keyof typeof figureWidths]);
    expect(width, place).toBeGreaterThan(figureWidths[place as keyof typeof figureWidths] - 20);
  }
});

test('filters that leave nothing draw no mark, and that is told', async () => {
  expect(await textOf(after({ filter: 'datum.energy > 9' }))).toBe(
    [
      "EmptyFigure: figure 'energies' draws no mark.",
      '  content/other/figures/energies.json:16:15',
      '  hint: look at its filters and calculations: they leave no row with a figure.',
    ].join('\n'),
  );
});

test('a quotient of what is not there is no figure, and no zero', async () => {
  const { encoding } = withY({ field: 'ratio', type: 'quantitative' });
  const calculation = { calculate: 'datum.empty / datum.energy', as: 'ratio' };
  expect(await textOf({ ...after(calculation), mark: 'line', encoding })).toBe(
    [
      "EmptyFigure: figure 'energies' draws no mark.",
      '  content/other/figures/energies.json:16:15',
      '  hint: look at its filters and calculations: they leave no row with a figure.',
    ].join('\n'),
  );
});

test('what Vega warns of is told: a layer without a figure beside one that has some', async () => {
  const spec = {
    ...after({ calculate: 'datum.empty / datum.energy', as: 'ratio' }),
    mark: undefined,
    layer: [{ mark: 'line' }, { mark: 'point', encoding: { y: { field: 'ratio', type: 'quantitative' } } }],
  };
  expect(await textOf(spec)).toBe(
    [
      'BadFigure: figure \'energies\' cannot be drawn: Infinite extent for field "ratio": [Infinity, -Infinity].',
      '  content/other/figures/energies.json:18:10',
      '  hint: Vega draws something else than was asked for; mend the specification.',
    ].join('\n'),
  );
});

test('the rows of which nothing is missing are drawn beside those of which something is', async () => {
  const gaps: readonly DatasetRow[] = [
    { band: 'low', energy: null },
    { band: 'high', energy: 3 },
  ];
  const { drawings, rows, spec } = await drawFigure(source(plain), { 'band-energy': gaps });
  expect(rows).toBe(gaps);
  expect(spec['data']).toEqual({ values: [{ band: 'low' }, { band: 'high', energy: 3 }] });
  expect(drawings.column.match(/aria-roledescription="point"/g)).toHaveLength(1);
});

test('what is drawn is what is offered: Vega leaves nothing in rows or specification', async () => {
  const calculation = { calculate: 'datum.energy * 2', as: 'twice' };
  const before = structuredClone(datasets);
  const { rows, spec } = await drawFigure(source(after(calculation)), datasets);
  expect(rows).toStrictEqual(before['band-energy']);
  expect(spec['data']).toStrictEqual({
    values: before['band-energy']!.map(({ empty, ...others }) => others),
  });
});

test('of several datasets each row says of which it is', async () => {
  const { mark, encoding, data } = plain;
  const other = { data: { name: 'curve' }, mark, encoding: { y: { field: 'loss', type: 'quantitative' } } };
  const { rows, columns } = await drawFigure(source({ data, layer: [{ mark, encoding }, other] }), datasets);
  expect(columns).toEqual(['dataset', 'band', 'energy', 'loss']);
  expect(rows[0]).toEqual({ dataset: 'band-energy', ...datasets['band-energy']![0] });
  expect(rows.at(-1)).toEqual({ dataset: 'curve', ...datasets['curve']!.at(-1) });
});

test.each([
  [
    after({ calculate: 'datum.energy * (', as: 'z' }),
    "'datum.energy * (' is no expression: Unexpected end of input",
    '18:17',
  ],
  [
    {
      ...plain,
      encoding: { ...plain.encoding, x: { ...plain.encoding.x, axis: { labelExpr: 'datum.label + ' } } },
    },
    'Expression parse error: (datum.label + )',
    '11:18',
  ],
  [after({ filter: 'foo(datum.energy) > 1' }), 'Unrecognized function: foo', '18:14'],
  [
    { ...plain, encoding: { ...plain.encoding, y: { ...plain.encoding.y, axis: { format: 'zzz' } } } },
    'Error: invalid format: zzz',
    '15:15',
  ],
  [{ ...plain, params: [{ name: 'a', expr: '1 +' }] }, 'Expression parse error: 1 +', '19:12'],
])('what Vega cannot read is told where it stands: %j', async (spec, what, place) => {
  expect((await textOf(spec)).split('\n').slice(0, 2)).toEqual([
    `BadFigure: figure 'energies' cannot be drawn: ${what}.`,
    `  content/other/figures/energies.json:${place}`,
  ]);
});

test('views one below the other share the width, and a phone may have a specification of its own', async () => {
  const stacked = { vconcat: [plain, plain] };
  const { drawings, spec } = await drawFigure(
    source({ ...stacked, usermeta: { phone: { ...plain, title: 'for the phone alone' } } }),
    datasets,
  );
  const width = Number(/width="([\d.]+)"/.exec(drawings.column)?.[1]);
  expect(width).toBeGreaterThan(figureWidths.column - 80);
  expect(drawings.column).not.toContain('for the phone alone');
  expect(drawings.phone).toContain('for the phone alone');
  expect(JSON.stringify(spec)).not.toContain('for the phone alone');
});

test('a mistake in the specification for a phone is told as one in the other', async () => {
  const phone = { ...plain, data: { name: 'band-energi' } };
  expect(await textOf({ ...plain, usermeta: { phone } })).toContain(
    "UnknownDataset: figure 'energies' draws 'band-energi', which no stage makes.",
  );
});
