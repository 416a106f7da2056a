import { readFileSync } from 'node:fs';
import type { TopLevelSpec } from 'vega-lite';
import { expect, test } from 'vitest';
import { drawChart } from '../../../../src/charts/draw-chart.ts';
import { drawFigures } from '../../../../src/charts/draw-figures.ts';
import { formatError, PaperError } from '../../../../src/engine/stage/paper-error.ts';
import type { PaperData } from '../../../../src/results/paper-data.ts';

const good = {
  data: {
    values: [
      { step: 1, loss: 2 },
      { step: 2, loss: 1 },
    ],
  },
  mark: 'line',
  encoding: {
    x: { field: 'step', type: 'quantitative' },
    y: { field: 'loss', type: 'quantitative' },
  },
} as const;

const textOf = async (spec: unknown): Promise<string> => {
  try {
    await drawChart('loss-curves', spec as TopLevelSpec, ['step', 'loss']);
    return 'drawn';
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    return formatError(error);
  }
};

test('a chart is drawn as SVG in colours that follow the page', async () => {
  const svg = await drawChart('loss-curves', good, ['step', 'loss']);
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain('var(--fig-ink)');
});

test('a misspelt property is named with the nearest one', async () => {
  expect(await textOf({ ...good, encodng: {} })).toBe(
    [
      "BadChart: figure 'loss-curves' cannot be drawn: Vega-Lite knows no 'encodng' at the top.",
      '  src/charts/loss-curves.ts',
      "  hint: did you mean 'encoding'?",
    ].join('\n'),
  );
});

test('a field that no row holds is named with the nearest one', async () => {
  const spec = { ...good, encoding: { ...good.encoding, y: { field: 'los', type: 'quantitative' } } };
  expect(await textOf(spec)).toBe(
    [
      "BadChart: figure 'loss-curves' cannot be drawn: its data hold no field 'los'.",
      '  src/charts/loss-curves.ts',
      "  hint: did you mean 'loss'?",
    ].join('\n'),
  );
});

test('a misspelt field that the file of the figure names is told with its line and column', async () => {
  const lines = readFileSync('src/charts/loss-curves.ts', 'utf8').split('\n');
  const line = lines.findIndex((text) => /\bstep\b/.test(text));
  const error = await drawChart('loss-curves', good, ['steps', 'loss']).catch((thrown: unknown) => thrown);
  expect(formatError(error as PaperError)).toBe(
    [
      "BadChart: figure 'loss-curves' cannot be drawn: its data hold no field 'step'.",
      `  src/charts/loss-curves.ts:${line + 1}:${lines[line]!.search(/\bstep\b/) + 1}`,
      "  hint: did you mean 'steps'?",
    ].join('\n'),
  );
});

test('a misspelt type is refused', async () => {
  const spec = { ...good, encoding: { ...good.encoding, y: { field: 'loss', type: 'quantitive' } } };
  expect(await textOf(spec)).toMatch(/^BadChart: figure 'loss-curves' cannot be drawn: /);
});

test('text is measured by the font that the page serves', async () => {
  const wide = { ...good, title: 'a title whose width the layout needs' };
  const width = Number(/width="([\d.]+)"/.exec(await drawChart('loss-curves', wide, ['step', 'loss']))?.[1]);
  expect(width).toBeGreaterThan(200);
});

test('a figure without points is refused, by the file that draws it', async () => {
  const empty = {
    tables: {},
    series: { 'loss-curves': { kind: 'series', id: 'loss-curves', columns: [], rows: [], key: 'k' } },
  } as unknown as PaperData;
  const error = await drawFigures(empty).catch((thrown: unknown) => thrown);
  expect(formatError(error as PaperError)).toBe(
    [
      "EmptyFigure: figure 'loss-curves' has no points.",
      '  src/charts/loss-curves.ts',
      '  hint: see the stage that makes its results.',
    ].join('\n'),
  );
});
