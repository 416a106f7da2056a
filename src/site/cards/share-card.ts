/** The picture that stands for a paper where a link to it is shown: its title over its leading figure. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fontkitten from 'fontkitten';
import { xmlText } from '../xml-text.ts';
import { lightDrawing } from './light-drawing.ts';
import { unpackWoff } from './unpack-woff.ts';

interface CardFace {
  readonly title: string;
  readonly summary: string;
  readonly authors: readonly string[];
  /** An SVG in colours that are CSS variables. */
  readonly drawing?: string | undefined;
}

/** Pixels; what those who show such pictures expect. */
const [width, height, margin] = [1200, 630, 60];

const resolve = createRequire(import.meta.url).resolve;
const [serif, sans] = ['Source Serif 4', 'Source Sans 3'] as const;

/** The page's own fonts, as a renderer of pictures reads them: the drawing's texts were measured in them. */
const pageFont = (path: string): Buffer => unpackWoff(readFileSync(resolve(`@fontsource/${path}`)));
const pageFonts = {
  title: pageFont('source-serif-4/files/source-serif-4-latin-700-normal.woff'),
  text: pageFont('source-sans-3/files/source-sans-3-latin-400-normal.woff'),
  greek: pageFont('source-sans-3/files/source-sans-3-greek-400-normal.woff'),
};
/** Signs that these do not have are taken from the formulas' fonts. */
const signFonts = ['Main-Regular', 'Math-Italic', 'AMS-Regular'].map((name) =>
  resolve(`katex/dist/fonts/KaTeX_${name}.ttf`),
);

const measureIn = (bytes: Buffer) => {
  const font = fontkitten.create(bytes) as fontkitten.Font;
  return (text: string, size: number): number =>
    (font.glyphsForString(text).reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) * size) /
    font.unitsPerEm;
};
const measure = { title: measureIn(pageFonts.title), text: measureIn(pageFonts.text) };

/** Words in lines; the last one of those that fit ends in an ellipsis where more would follow. */
const linesOf = (
  text: string,
  size: number,
  most: number,
  measured: (text: string, size: number) => number,
): readonly string[] => {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = [lines.at(-1), word].filter(Boolean).join(' ');
    if (measured(line, size) <= width - 2 * margin || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most - 1), `${lines[most - 1]?.replace(/\W*\w*$/, '')} …`];
};

const textLines = (
  lines: readonly string[],
  {
    top,
    size,
    font,
    weight = 400,
    colour,
  }: { top: number; size: number; font: string; weight?: number; colour: string },
): string =>
  lines
    .map(
      (line, at) =>
        `<text x="${margin}" y="${top + size + at * size * 1.22}" font-family="${font}" font-size="${size}" font-weight="${weight}" fill="${colour}">${xmlText(line)}</text>`,
    )
    .join('');

const sizeOf = (svg: string): readonly [number, number] => [
  Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? 1),
  Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)?.[1] ?? 1),
];

/** As large as the room lets it be, in its middle. */
const placed = (drawing: string, top: number, room: number): string => {
  const svg = lightDrawing(drawing, sans);
  const [own, high] = sizeOf(svg);
  const scale = Math.min((width - 2 * margin) / own, room / high);
  const at = `x="${(width - own * scale) / 2}" y="${top + (room - high * scale) / 2}"`;
  return svg
    .replace(/^<svg([^>]*) width="[\d.]+"/, '<svg$1')
    .replace(/^<svg([^>]*) height="[\d.]+"/, '<svg$1')
    .replace('<svg', `<svg ${at} width="${own * scale}" height="${high * scale}"`);
};

/** @returns the card as SVG */
const cardSvg = ({ title, summary, authors, drawing }: CardFace): string => {
  const size = drawing === undefined ? 68 : 46;
  const lines = linesOf(title, size, drawing === undefined ? 4 : 2, measure.title);
  const below = margin * 0.7 + lines.length * size * 1.22 + size * 0.3;
  const names = linesOf(authors.join(', '), 26, 1, measure.text);
  const bottom = height - margin * 0.7 - 30;
  const body =
    drawing === undefined
      ? textLines(linesOf(summary, 32, 4, measure.text), {
          top: below,
          size: 32,
          font: sans,
          colour: '#33363b',
        })
      : placed(drawing, below, bottom - below - 16);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fdfdfb"/>`,
    textLines(lines, { top: margin * 0.5, size, font: serif, weight: 700, colour: '#1c1d1f' }),
    body,
    textLines(names, { top: bottom, size: 26, font: sans, colour: '#595d63' }),
    '</svg>',
  ].join('');
};

/** @returns a PNG of 1200 by 630 */
export const shareCard = async (face: CardFace): Promise<Uint8Array> => {
  const { Resvg } = await import('@resvg/resvg-js');
  // It reads fonts from files alone.
  const folder = await mkdtemp(join(tmpdir(), 'paper-card-'));
  try {
    const unpacked = await Promise.all(
      Object.entries(pageFonts).map(async ([name, bytes]) => {
        const file = join(folder, `${name}.ttf`);
        await writeFile(file, bytes);
        return file;
      }),
    );
    const drawn = new Resvg(cardSvg(face), {
      font: {
        fontFiles: [...unpacked, ...signFonts],
        loadSystemFonts: false,
        defaultFontFamily: sans,
        sansSerifFamily: sans,
        serifFamily: serif,
      },
    });
    return drawn.render().asPng();
  } finally {
    await rm(folder, { recursive: true });
  }
};
