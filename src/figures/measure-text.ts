import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkitten from 'fontkitten';

const path = createRequire(import.meta.url).resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);
const font = fontkitten.create(readFileSync(path)) as fontkitten.Font;

/** A text's width in pixels without a canvas, from the advance widths of the very font that the page serves. */
export const measureText = (text: string, fontSize: number): number =>
  (font.glyphsForString(text).reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) * fontSize) /
  font.unitsPerEm;
