import { expect, test } from 'vitest';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import { withPowers } from '../../../../src/figures/with-powers.ts';
import { plain, source, withY } from './tiny-figure.ts';

test('numbers with an exponent are powers of ten, raised where they are drawn', () => {
  expect(withPowers('<text x="1">−4.999999999999999e+24</text>')).toBe(
    '<text x="1">−5\u202f×\u202f10<tspan dy="-0.4em" font-size="75%">24</tspan></text>',
  );
  expect(withPowers('<text>1e-10</text>')).toBe(
    '<text>10<tspan dy="-0.4em" font-size="75%">−10</tspan></text>',
  );
  expect(withPowers('<path aria-label="loss: -2.5e+21; step: 1e-7">')).toBe(
    '<path aria-label="loss: −2.5\u202f×\u202f10^21; step: 10^−7">',
  );
});

test('words, ids and the places of a drawing stay as they are', () => {
  for (const svg of [
    '<text>model-1e-5b</text>',
    '<text>1e</text>',
    '<text>seed 2e3</text>',
    '<path d="M1e-10,2">',
    '<path aria-label="run: phase2e">',
  ]) {
    expect(withPowers(svg)).toBe(svg);
  }
});

test('no axis, legend or spoken label prints an exponent of JavaScript', async () => {
  const rows = [
    { band: 'low', energy: 1e-12 },
    { band: 'high', energy: 3e25 },
  ];
  for (const type of ['linear', 'log']) {
    const { drawings } = await drawFigure(source(withY({ ...plain.encoding.y, scale: { type } })), {
      'band-energy': rows,
    });
    for (const svg of Object.values(drawings)) {
      const labels = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>|aria-label="([^"]*)"/g)].map(
        (found) => found[0],
      );
      expect(labels.some((text) => text.includes('10<tspan'))).toBe(true);
      expect(labels.filter((text) => /\de[+-]?\d/.test(text))).toEqual([]);
    }
  }
});
