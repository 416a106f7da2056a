import { expect, test } from 'vitest';
import { formatError, PaperError } from '../../../../src/engine/stage/paper-error.ts';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import type { FigureSource } from '../../../../src/figures/figure-source.ts';
import { bars, distribution, heatmap, lines, points } from '../../../../src/figures/index.ts';

/** Results of a paper whose tables have names that another paper's figures once had. */
const datasets = {
  'band-energy': [
    { band: 'low', energy: 1, 'energy-low': 0.5, 'energy-high': 2, note: 'a', empty: null },
    { band: 'high', energy: 3, 'energy-low': 2.5, 'energy-high': 4, note: 'b', empty: null },
  ],
  curve: [1, 2, 3].flatMap((step) => ['a', 'b'].map((run) => ({ step, run, loss: run === 'a' ? step : 5 }))),
  empty: [],
};

const plain = {
  data: { name: 'band-energy' },
  mark: 'point',
  encoding: {
    x: { field: 'band', type: 'nominal' },
    y: { field: 'energy', type: 'quantitative' },
  },
};

const source = (spec: object, file = 'content/other/figures/energies.json'): FigureSource => ({
  id: 'energies',
  file,
  text: JSON.stringify(spec, null, 1),
  spec: JSON.parse(JSON.stringify(spec)),
});

const textOf = async (spec: object, file?: string): Promise<string> => {
  try {
    await drawFigure(source(spec, file), datasets);
    return 'drawn';
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    return formatError(error);
  }
};

test('a table of any name is drawn as its specification says, for the column and for a phone', async () => {
  const { drawings, rows, spec } = await drawFigure(source(plain), datasets);
  expect(rows).toBe(datasets['band-energy']);
  expect(spec['data']).toEqual({ values: datasets['band-energy'] });
  const widths = Object.values(drawings).map((svg) => Number(/width="([\d.]+)"/.exec(svg)?.[1]));
  expect(widths[0]).toBeGreaterThan(widths[1]! + 200);
  expect(drawings.column).toContain('var(--fig-ink)');
  expect(drawings.column).toContain('low');
});

test.each([
  [
    'a misspelt property',
    { ...plain, encodng: {} },
    'BadFigure',
    "Vega-Lite knows no 'encodng' at the top",
    "did you mean 'encoding'?",
  ],
  [
    'a result that no stage makes',
    { ...plain, data: { name: 'band-energi' } },
    'UnknownDataset',
    "draws 'band-energi', which no stage makes",
    "did you mean 'band-energy'?",
  ],
  [
    'a field that no row has',
    { ...plain, encoding: { ...plain.encoding, y: { field: 'energi', type: 'quantitative' } } },
    'UnknownField',
    "'band-energy' has no field 'energi'",
    "did you mean 'energy'?",
  ],
  [
    'a word as a quantity',
    { ...plain, encoding: { ...plain.encoding, y: { field: 'note', type: 'quantitative' } } },
    'BadDatum',
    "draws 'note' of 'band-energy' as a quantity",
    'draw words as "nominal", or another field.',
  ],
  [
    'a quantity of which no row has a number',
    { ...plain, encoding: { ...plain.encoding, y: { field: 'empty', type: 'quantitative' } } },
    'BadDatum',
    "draws 'empty' of 'band-energy' as a quantity",
    'draw words as "nominal", or another field.',
  ],
  [
    'typed values',
    { ...plain, data: { values: [{ energy: 7 }] } },
    'TypedData',
    'draws data that no stage computed',
    'let a stage write it as a table or a series, and name that; a constant of a mark is a `datum`.',
  ],
  [
    'data from elsewhere',
    { ...plain, data: { url: 'https://example.org/data.csv' } },
    'TypedData',
    'draws data that no stage computed',
    'let a stage write it as a table or a series, and name that; a constant of a mark is a `datum`.',
  ],
  [
    'a table without rows',
    { ...plain, data: { name: 'empty' } },
    'EmptyFigure',
    "draws 'empty', which has no rows",
    'see the stage that makes it.',
  ],
  [
    'filters that leave nothing',
    { ...plain, transform: [{ filter: 'datum.energy > 9' }] },
    'BadFigure',
    'it draws no mark',
    'look at its filters: they leave no row.',
  ],
])('%s is refused with its line and column', async (_, spec, name, says, hint) => {
  const text = await textOf(spec);
  expect(text.startsWith(`${name}: figure 'energies'`)).toBe(true);
  expect(text.split('\n')[0]).toContain(says);
  expect(text).toMatch(/\n {2}content\/other\/figures\/energies\.json:\d+:\d+/);
  expect(text.split('\n').at(-1)).toBe(`  hint: ${hint}`);
});

test('the line is that of the fault', async () => {
  const spec = { ...plain, encoding: { ...plain.encoding, y: { field: 'energi', type: 'quantitative' } } };
  const lines = JSON.stringify(spec, null, 1).split('\n');
  expect(await textOf(spec)).toContain(
    `energies.json:${lines.findIndex((line) => line.includes('energi')) + 1}:`,
  );
});

test('a field that a transform makes is known', async () => {
  const spec = {
    ...plain,
    transform: [{ calculate: 'datum.energy * 2', as: 'twice' }],
    encoding: { ...plain.encoding, y: { field: 'twice', type: 'quantitative' } },
  };
  expect(await textOf(spec)).toBe('drawn');
});

test('lines are named at their ends by the field of their colour', async () => {
  const spec = {
    data: { name: 'curve' },
    mark: 'line',
    encoding: {
      x: { field: 'step', type: 'quantitative' },
      y: { field: 'loss', type: 'quantitative' },
      color: { field: 'run', type: 'nominal', legend: null },
    },
    usermeta: { directLabels: true },
  };
  const { drawings } = await drawFigure(source(spec), datasets);
  expect(
    [
      ...drawings.column.matchAll(/<text x="[\d.]+" y="([\d.]+)"[^>]*fill="(var\(--series-\d\))">([ab])</g),
    ].map(([, , fill, name]) => [fill, name]),
  ).toEqual([
    ['var(--series-1)', 'a'],
    ['var(--series-2)', 'b'],
  ]);
});

const x = { field: 'band', title: 'band', type: 'nominal' } as const;
const y = { title: 'energy' };
const series = { energy: { label: 'E', style: 1 } } as const;

test.each([
  [
    'lines',
    lines({
      data: 'band-energy',
      x,
      y,
      series,
      interval: true,
      chance: [['energy-low', 'energy-high']],
      reference: 1,
    }),
  ],
  [
    'points',
    points({ data: 'band-energy', x, y, series, interval: true, chance: ['-low', '-high'], reference: 1 }),
  ],
  [
    'bars',
    bars({ data: 'band-energy', y: x, x: { field: 'energy', title: 'energy' }, reference: 'energy-high' }),
  ],
  [
    'heatmap',
    heatmap({
      data: 'curve',
      x: { field: 'step', title: 'step', type: 'ordinal' },
      y: { field: 'run', title: 'run', type: 'nominal' },
      colour: { field: 'loss', title: 'loss' },
    }),
  ],
  [
    'distribution',
    distribution({
      data: 'curve',
      field: 'loss',
      title: 'loss',
      mark: { data: 'band-energy', field: 'energy' },
    }),
  ],
])('the builder of %s gives a specification that is drawn', async (_, spec) => {
  expect(await textOf(spec, 'content/other/figures/energies.ts')).toBe('drawn');
});
