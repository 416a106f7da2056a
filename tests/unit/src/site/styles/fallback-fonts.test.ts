import { readFileSync } from 'node:fs';
import { createFontStack } from '@capsizecss/core';
import arial from '@capsizecss/metrics/arial';
import georgia from '@capsizecss/metrics/georgia';
import helvetica from '@capsizecss/metrics/helvetica';
import sourceSans3 from '@capsizecss/metrics/sourceSans3';
import sourceSerif4 from '@capsizecss/metrics/sourceSerif4';
import timesNewRoman from '@capsizecss/metrics/timesNewRoman';
import { expect, test } from 'vitest';

const faces = (text: string): readonly string[] =>
  (text.match(/@font-face \{[^}]*\}/g) ?? []).map((face) => face.replaceAll("'", '"'));

test('fallback fonts take the room of the fonts that they stand for', () => {
  const made = [
    [sourceSerif4, georgia, timesNewRoman],
    [sourceSans3, helvetica, arial],
  ].flatMap((fonts) => {
    const [first, ...rest] = fonts;
    return faces(createFontStack([first!, ...rest]).fontFaces);
  });
  const written = faces(readFileSync('src/site/styles/fallback-fonts.css', 'utf8'));
  expect(written).toEqual(made);
  const page = readFileSync('src/site/styles/page.css', 'utf8');
  for (const face of made) expect(page).toContain(/font-family: ("[^"]+")/.exec(face)?.[1]);
});
