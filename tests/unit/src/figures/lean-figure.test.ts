import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { leanFigure } from '../../../../src/figures/lean-figure.ts';
import { lightDrawing } from '../../../../src/site/cards/light-drawing.ts';
import { datasets, source } from './tiny-figure.ts';

/** Lines, points, a band, an axis of powers and a clipped part: what Vega writes in different ways. */
const spec = {
  data: { name: 'curve' },
  usermeta: { directLabels: true },
  layer: [
    { mark: { type: 'line', clip: true } },
    { mark: 'point' },
    { mark: { type: 'area', opacity: 0.2, interpolate: 'monotone' } },
  ],
  encoding: {
    x: { field: 'step', type: 'quantitative' },
    y: { field: 'loss', type: 'quantitative' },
    color: { field: 'run', type: 'nominal' },
  },
};

/** Width, height and pixels. */
const painted = (svg: string): readonly [number, number, Uint8Array] => {
  const { width, height, pixels } = new Resvg(lightDrawing(svg, 'serif'), { background: 'white' }).render();
  return [width, height, pixels];
};

test('a lean drawing shows what Vega drew, in less than half the letters, and names stay', async () => {
  const drawn = await drawFigure(source(spec), datasets);
  const lean = leanFigure(drawn);
  expect({ ...lean, drawings: null }).toEqual({ ...drawn, drawings: null });
  for (const place of ['column', 'phone'] as const) {
    const [width, height, before] = painted(drawn.drawings[place]);
    const [leanWidth, leanHeight, after] = painted(lean.drawings[place]);
    expect([leanWidth, leanHeight]).toEqual([width, height]);
    // Places are rounded to a hundredth of a pixel, and resvg samples four rows of each: an edge may cross one of them.
    const apart = before.map((value, at) => Math.abs(value - after[at]!));
    expect(apart.reduce((most, value) => Math.max(most, value))).toBeLessThanOrEqual(Math.ceil(255 / 4));
    expect(apart.filter((value) => value > 0).length).toBeLessThan(before.length / 50);
    expect(new Set(before).size).toBeGreaterThan(20);
    expect(lean.drawings[place].length).toBeLessThan(drawn.drawings[place].length / 2);
    expect(lean.drawings[place]).not.toMatch(/aria-|role=|pointer-events|mark-/);
    const named = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(named(drawn.drawings[place]).length).toBeGreaterThan(0);
    expect(named(lean.drawings[place])).toEqual(named(drawn.drawings[place]));
  }
});
