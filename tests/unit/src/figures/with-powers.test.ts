import { expect, test } from 'vitest';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { measureText } from '../../../../src/figures/measure-text.ts';
import { widthWithPowers, withPowers } from '../../../../src/figures/with-powers.ts';
import { plain, source, withY } from './tiny-figure.ts';

test('numbers with an exponent are powers of ten, raised where they are drawn', () => {
  expect(withPowers('<text x="1">−4.999999999999999e+24</text>')).toBe(
    '<text x="1">−5\u202f×\u202f10<tspan dy="-0.4em" font-size="88%">24</tspan></text>',
  );
  expect(withPowers('<text>1e-10</text>')).toBe(
    '<text>10<tspan dy="-0.4em" font-size="88%">−10</tspan></text>',
  );
});

test('a label has the room of the power that it becomes', () => {
  const byLetters = (text: string, fontSize: number): number => text.length * fontSize;
  expect(widthWithPowers('2e-3', 10, byLetters)).toBeCloseTo(
    '2\u202f×\u202f10'.length * 10 + '−3'.length * 8.8,
    9,
  );
  expect(widthWithPowers('2e-3 of it', 10, byLetters)).toBe(100);
});

test('an axis without very large or small numbers has no powers, whatever its width made of them', () => {
  const axis = (...labels: readonly string[]): string =>
    `<g class="mark-text role-axis-label" pointer-events="none">${labels.map((label) => `<text>${label}</text>`).join('')}</g>`;
  expect(withPowers(axis('−1e+2', '−1', '1', '1e+1', '2.5e+3', '1e-3'))).toBe(
    axis('−100', '−1', '1', '10', '2,500', '0.001'),
  );
  expect(withPowers(axis('1e-7', '1e+2'))).toBe(
    axis('10<tspan dy="-0.4em" font-size="88%">−7</tspan>', '10<tspan dy="-0.4em" font-size="88%">2</tspan>'),
  );
});

const phoneLabels = async (x: object): Promise<readonly { left: number; right: number }[]> => {
  const rows = [0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 1].map((strength) => ({ strength, power: strength }));
  const { drawings } = await drawFigure(
    source({
      data: { name: 'curve' },
      mark: 'point',
      encoding: {
        x: { field: 'strength', type: 'quantitative', ...x },
        y: { field: 'power', type: 'quantitative', axis: null },
      },
    }),
    { curve: rows },
  );
  const [axis = ''] = /role-axis-label.*?<\/g>/s.exec(drawings.phone) ?? [];
  return [...axis.matchAll(/<text([^>]*)>([^<]*)/g)].flatMap(([, attributes = '', text = '']) => {
    if (attributes.includes('opacity="0"')) return [];
    const middle = Number(/translate\(([-\d.]+)/.exec(attributes)?.[1]);
    const half = measureText(text, 12) / 2;
    return [{ left: middle - half, right: middle + half }];
  });
};

test('no labels of an axis touch on a phone', async () => {
  const values = [0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 1];
  for (const x of [
    { scale: { type: 'log' }, axis: { values, format: '~g' } },
    { axis: { values, format: '~g' } },
    { axis: { tickCount: 20, format: '.3f' } },
  ]) {
    const labels = await phoneLabels(x);
    expect(labels.length).toBeGreaterThan(1);
    for (const [at, { left }] of labels.entries())
      if (at > 0) expect(left - labels[at - 1]!.right).toBeGreaterThan(4);
  }
});

test('words, ids and the places of a drawing stay as they are', () => {
  for (const svg of [
    '<text>model-1e-5b</text>',
    '<text>1e</text>',
    '<text>seed 2e3</text>',
    '<path d="M1e-10,2">',
  ]) {
    expect(withPowers(svg)).toBe(svg);
  }
});

test('no axis or legend prints an exponent of JavaScript', async () => {
  const rows = [
    { band: 'low', energy: 1e-12 },
    { band: 'high', energy: 3e25 },
  ];
  for (const type of ['linear', 'log']) {
    const { drawings } = await drawFigure(source(withY({ ...plain.encoding.y, scale: { type } })), {
      'band-energy': rows,
    });
    for (const svg of Object.values(drawings)) {
      const labels = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map((found) => found[0]);
      expect(labels.some((text) => text.includes('10<tspan'))).toBe(true);
      expect(labels.filter((text) => /\de[+-]?\d/.test(text))).toEqual([]);
    }
  }
});
