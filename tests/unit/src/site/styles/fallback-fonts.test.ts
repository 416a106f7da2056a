import { readFileSync } from 'node:fs';
import { createFontStack } from '@capsizecss/core';
import { expect, test } from 'vitest';
// Of the fonts' own tables, as `@capsizecss/metrics` 4.3.0 lists them: that package of thirty thousand files is not installed for these.
import metrics from './font-metrics.json' with { type: 'json' };

const { sourceSerif4, georgia, timesNewRoman, sourceSans3, helvetica, arial, notoSerif, roboto } = metrics;

const faces = (text: string): readonly string[] =>
  (text.match(/@font-face \{[^}]*\}/g) ?? []).map((face) => face.replaceAll("'", '"'));

test('fallback fonts take the room of the fonts that they stand for', () => {
  const made = [
    [sourceSerif4, georgia, timesNewRoman, notoSerif],
    [sourceSans3, helvetica, arial, roboto],
  ].flatMap((fonts) => {
    const [first, ...rest] = fonts;
    return faces(createFontStack([first!, ...rest]).fontFaces);
  });
  const written = faces(readFileSync('src/site/styles/fallback-fonts.css', 'utf8'));
  expect(written).toEqual(made);
  const page = readFileSync('src/site/styles/page.css', 'utf8');
  for (const face of made) expect(page).toContain(/font-family: ("[^"]+")/.exec(face)?.[1]);
});
