import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  axisColour,
  ink,
  nullColour,
  type SeriesStyle,
  seriesColour,
  seriesDash,
  seriesShape,
} from '../../../../src/figures/theme.ts';

const css = ['page', 'figures']
  .map((name) => readFileSync(new URL(`../../../../src/site/styles/${name}.css`, import.meta.url), 'utf8'))
  .join('');

/** A variable's colour in light and dark. */
const coloursOf = (variable: string, of = css): readonly string[] =>
  new RegExp(`${variable.replace(/^var\(|\)$/g, '')}: light-dark\\((#\\w{6}), (#\\w{6})\\)`)
    .exec(of)
    ?.slice(1) ?? [];

/** Relative luminance in WCAG 2.2. */
const luminance = (colour: string): number => {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const ground = coloursOf('--ground');
const styles: readonly SeriesStyle[] = [1, 2, 3, 4, 5, 6, 7, 8];

// WCAG 2.2: 4.5 for text, as names at lines are; 3 for graphics.
const leastContrasts: readonly (readonly [string, number])[] = [
  [ink, 4.5],
  [axisColour, 3],
  [nullColour, 3],
  ...styles.map((style) => [seriesColour(style), 4.5] as const),
];
test.each(leastContrasts)('%s stands out from the page by %f, in light and dark', (variable, least) => {
  const colours = coloursOf(variable);
  expect(colours).toHaveLength(2);
  colours.forEach((colour, at) => {
    expect(contrast(colour, ground[at]!)).toBeGreaterThanOrEqual(least);
  });
});

test('with more contrast asked for, chance and axes have that of text, on white and on black', () => {
  const preferences = readFileSync(
    new URL('../../../../src/site/styles/preferences.css', import.meta.url),
    'utf8',
  );
  for (const variable of [axisColour, nullColour]) {
    const [light, dark] = coloursOf(variable, preferences);
    expect(contrast(light!, '#ffffff'), variable).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark!, '#000000'), variable).toBeGreaterThanOrEqual(4.5);
  }
});

test('no two styles share a dash or a shape: colour carries no meaning alone', () => {
  expect(new Set(styles.map((style) => String(seriesDash(style)))).size).toBe(styles.length);
  expect(new Set(styles.map(seriesShape)).size).toBe(styles.length);
});
