import { expect, test } from 'vitest';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { datasets, source } from './tiny-figure.ts';

/** A line a run. @param directLabels what the specification asks for */
const labelsOf = async (directLabels: unknown) => {
  const spec = {
    data: { name: 'curve' },
    mark: 'line',
    encoding: {
      x: { field: 'step', type: 'quantitative', scale: { domainMin: -2 } },
      y: { field: 'loss', type: 'quantitative' },
      color: { field: 'run', type: 'nominal', legend: null },
    },
    usermeta: { directLabels },
  };
  const { drawings } = await drawFigure(source(spec), datasets);
  const texts = drawings.column.matchAll(
    /<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*fill="(var\(--series-\d\))">([^<]+)</g,
  );
  return [...texts].map(([, x, y, anchor, fill, name]) => ({
    x: Number(x),
    y: Number(y),
    anchor,
    fill,
    name,
  }));
};

test('lines are named at their ends by the field of their colour, in their colour', async () => {
  const labels = await labelsOf(true);
  expect(labels.map(({ anchor, fill, name }) => [anchor, fill, name])).toEqual([
    ['start', 'var(--series-1)', 'a'],
    ['start', 'var(--series-2)', 'b'],
  ]);
  // At step 3 the first line stands at 3, below the other's 5.
  expect(labels[0]!.y).toBeGreaterThan(labels[1]!.y + 50);
});

test('or at their starts, by other names', async () => {
  const labels = await labelsOf({ field: 'run', at: 'start', names: { a: 'first & only' } });
  expect(labels.map(({ anchor, name }) => [anchor, name])).toEqual([
    ['end', 'first &amp; only'],
    ['end', 'b'],
  ]);
  expect(labels[0]!.x).toBeLessThan((await labelsOf(true))[0]!.x - 100);
});

test('or by their stroke', async () => {
  const labels = await labelsOf({ strokes: { 'var(--series-2)': 'second' } });
  expect(labels.map(({ name }) => name)).toEqual(['second']);
});

test('names however long leave the drawing as wide as a phone has room', async () => {
  const spec = {
    data: { name: 'curve' },
    mark: 'line',
    encoding: {
      x: { field: 'step', type: 'quantitative' },
      y: { field: 'loss', type: 'quantitative' },
      color: { field: 'run', type: 'nominal', legend: null },
    },
    usermeta: { directLabels: { field: 'run', names: { a: 'as the law says', b: 'of two draws' } } },
  };
  const { drawings } = await drawFigure(source(spec), datasets);
  expect(Number(/ width="([\d.]+)"/.exec(drawings.phone)?.[1])).toBeLessThanOrEqual(320);
});
