import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fontkitten from 'fontkitten';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { subsetFonts } from '../../../../src/site/subset-fonts.ts';

const { resolve } = createRequire(import.meta.url);
const serif = resolve('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2');
const math = resolve('katex/dist/fonts/KaTeX_Main-Regular.woff2');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subset-fonts-'));
  await writeFile(join(folder, 'serif.AAAAAAAA.woff2'), await readFile(serif));
  await writeFile(join(folder, 'math.BBBBBBBB.woff2'), await readFile(math));
  await writeFile(join(folder, 'math.CCCCCCCC.ttf'), 'never opened');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const serifFace =
  '@font-face{font-family:Serif;font-weight:200 900;src:url(/_astro/serif.AAAAAAAA.woff2)format("woff2-variations");unicode-range:U+??,U+2212}';
const mathFace =
  '@font-face{font-family:Math;src:url(/_astro/math.BBBBBBBB.woff2)format("woff2"),url(/_astro/math.CCCCCCCC.ttf)format("truetype")}';
const page = (text: string): string =>
  `<link rel="preload" href="/_astro/serif.AAAAAAAA.woff2"><link rel="stylesheet" href="/_astro/page.DDDDDDDD.css"><p>${text}</p>`;

/** Cuts what a page of a text needs: its style sheet and its page, as they are served then. */
const cutTo = async (text: string, styles = serifFace + mathFace, onDemand = '') => {
  const file = join(folder, 'index.html');
  const read = join(folder, 'read.json');
  await writeFile(read, onDemand);
  // A site is rendered into a folder of its own.
  for (const name of await readdir(folder)) if (name.endsWith('.css')) await rm(join(folder, name));
  await writeFile(join(folder, 'page.DDDDDDDD.css'), styles);
  await writeFile(file, page(text));
  await subsetFonts(folder, [file], [read]);
  const html = await readFile(file, 'utf8');
  const [, sheet = ''] = /_astro\/(page\.[^"]+\.css)/.exec(html) ?? [];
  const [, preloaded = ''] = /_astro\/(serif\.[^"]+\.woff2)/.exec(html) ?? [];
  return { sheet, css: await readFile(join(folder, sheet), 'utf8'), preloaded };
};

const fontIn = async (name: string): Promise<fontkitten.Font> =>
  fontkitten.create(await readFile(join(folder, name))) as fontkitten.Font;

/** Without the end that every table of characters has, U+FFFF. */
const characters = ({ characterSet }: fontkitten.Font): string =>
  String.fromCodePoint(...characterSet.filter((code) => code !== 0xffff).toSorted((a, b) => a - b));

const ascii = String.fromCodePoint(...Array.from({ length: 95 }, (_, at) => 32 + at));

test('a page preloads a font of its own characters, and of the letters that anyone types', async () => {
  const { preloaded } = await cutTo('é &#x2212; &#252; Ω');
  const font = await fontIn(preloaded);
  // Ω lies beyond the range that the face declares.
  expect(characters(font)).toBe(`${ascii}éü−`);
  expect(font.variationAxes['wght']).toMatchObject({ min: 400, max: 700 });
  expect((await readFile(join(folder, preloaded))).length).toBeLessThan((await readFile(serif)).length / 2);
});

test('the whole font of the letters that anyone types stays, before the one that is cut', async () => {
  const { css, preloaded } = await cutTo('é −');
  const faces = css.match(/@font-face\{[^}]*Serif[^}]*\}/g);
  expect(faces).toHaveLength(2);
  // For what is not cut alone: ü, and not é.
  expect(faces?.[0]).toMatch(/serif\.AAAAAAAA\.woff2.*unicode-range:U\+a0-e8,U\+ea-/);
  expect(faces?.[1]).toContain(preloaded);
  expect(faces?.[1]).toContain('unicode-range:U+20-7e,U+e9,U+2212');
  expect(characters(await fontIn('serif.AAAAAAAA.woff2'))).toContain('ÿ');
});

test('weights that styles or drawings ask for are kept', async () => {
  const { preloaded } = await cutTo('<text font-weight="300">light</text>', `${serifFace}b{font-weight:850}`);
  expect((await fontIn(preloaded)).variationAxes['wght']).toMatchObject({ min: 300, max: 850 });
});

test('of forms that a character may take, those are kept that a style asks for', async () => {
  const heldWith = async (styles: string) =>
    (await fontIn((await cutTo('1', serifFace + styles)).preloaded)).numGlyphs;
  const plain = await heldWith('');
  // Above a bar and below it, each of ten figures is a glyph of its own.
  expect(await heldWith('b{font-variant-numeric:diagonal-fractions}')).toBeGreaterThanOrEqual(plain + 20);
  expect(await heldWith('b{font-feature-settings:"frac"}')).toBeGreaterThanOrEqual(plain + 20);
});

test('a font of one weight is cut as well', async () => {
  const { css } = await cutTo('é', serifFace + mathFace.replace('}', ';unicode-range:U+41-5A}'));
  const [, cut = ''] = /(math\.(?!BBBB)[^)]+\.woff2)/.exec(css) ?? [];
  expect(characters(await fontIn(cut))).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
});

test('a font of formulas, which has no range, is cut to what pages hold, and stays whole for all else', async () => {
  const { css } = await cutTo('→ é');
  const faces = css.match(/@font-face\{[^}]*Math[^}]*\}/g);
  expect(faces).toHaveLength(2);
  // Not for what no font of the family has, as a space of no width, nor for what is cut.
  expect(faces?.[0]).toMatch(/math\.BBBBBBBB\.woff2.*;unicode-range:U\+a0,/);
  const [, cut = ''] = /(math\.[^)]+\.woff2)/.exec(faces?.[1] ?? '') ?? [];
  const font = await fontIn(cut);
  expect(characters(font)).toBe(`${ascii.replace('`', '')}→`);
  expect(faces?.[1]).toContain('unicode-range:U+20-5f,U+61-7e,U+2192');
  expect((await readFile(join(folder, cut))).length).toBeLessThan((await readFile(math)).length / 2);
});

test('of other letters only what a page prints is there, also on demand, and nothing of what none prints', async () => {
  const greek = mathFace.replace('}', ';unicode-range:U+391-3A9}');
  const { css } = await cutTo('é', serifFace + greek, '"ΔΓ"');
  const [, cut = '', ...others] = /(math\.[^)]+\.woff2)/.exec(css) ?? [];
  expect(others).toEqual([]);
  expect(characters(await fontIn(cut))).toBe('ΓΔ');
  expect(await readdir(folder)).not.toContain('math.BBBBBBBB.woff2');
});

test('the family of an alphabet is there where a formula of a page, or of a panel, is set in it', async () => {
  const rules = '.katex .mathfrak{font-family:Math}';
  const shows = async (text: string, onDemand = '', sheet = rules) =>
    (await cutTo(text, serifFace + mathFace + sheet, onDemand)).css.includes('font-face{font-family:Math');
  const math = await readFile(join(folder, 'math.BBBBBBBB.woff2'));
  expect(await shows('no formula')).toBe(false);
  await writeFile(join(folder, 'math.BBBBBBBB.woff2'), math);
  expect(await shows('<i class="mord mathfrak">g</i>')).toBe(true);
  expect(await shows('', JSON.stringify({ definition: String.raw`$\mathfrak{g}$` }))).toBe(true);
  expect(await shows('', '', '.katex .size1{font-family:Math}')).toBe(true);
});

test('alternatives that no browser opens are gone, and so is the sheet that named them', async () => {
  const { css, sheet } = await cutTo('');
  expect(css).toContain('src:url(/_astro/math.BBBBBBBB.woff2)format("woff2")');
  expect(css).not.toContain('ttf');
  const files = await readdir(folder);
  expect(files.filter((name) => name.endsWith('.css'))).toEqual([sheet]);
  expect(files).not.toContain('math.CCCCCCCC.ttf');
});

test('other characters give other names: what a browser keeps is never of another page', async () => {
  const [one, other] = [await cutTo('é'), await cutTo('è')];
  expect(one.preloaded).not.toBe(other.preloaded);
  expect(one.sheet).not.toBe(other.sheet);
});
