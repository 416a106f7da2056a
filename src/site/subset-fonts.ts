import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fontkitten from 'fontkitten';
import postcss, { type AtRule } from 'postcss';
import subsetFont from 'subset-font';
import { sha256 } from '../engine/stage/index.ts';
import { isAsked, namesAskedIn } from './asked-families.ts';
import { featuresAskedIn } from './asked-features.ts';

/** What pages are written in without the help of an editor: a page may come to hold any of it. */
const ascii = Array.from({ length: 0x7f - 0x20 }, (_, at) => 0x20 + at);

/** What a browser draws of its own: a hyphen where it breaks a word, and the bullet of a list. */
const ofBrowsers = [0x2010, 0x2022];

/** Code points of the texts of pages. */
const charactersOf = (pages: readonly string[]): ReadonlySet<number> =>
  new Set([
    ...ascii,
    ...ofBrowsers,
    ...pages.flatMap((page) => {
      const numbered = page.matchAll(/&#(?:x([\da-f]+)|(\d+));/gi);
      return [
        ...new Set(Array.from(page.match(/[^\0-\x7f]/gu) ?? [], (character) => character.codePointAt(0)!)),
        ...[...numbered].map(([, hexadecimal, decimal]) =>
          hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16),
        ),
      ];
    }),
  ]);

/** The weights that styles and drawings ask for; a browser's own are 400, and 700 for what is bold. */
const weightsOf = (texts: readonly string[]): { readonly min: number; readonly max: number } => {
  const asked = texts.flatMap((text) =>
    [...text.matchAll(/font-weight(?::|=")\s*(\d+)(?!\s*\d)/g)].map(([, weight]) => Number(weight)),
  );
  return { min: Math.min(400, ...asked), max: Math.max(700, ...asked) };
};

/** Whether a descriptor `U+0-FF, U+131, U+4??` holds a code point. */
const holds =
  (range: string) =>
  (code: number): boolean =>
    range.split(',').some((part) => {
      const [from = '', to = from] = part.trim().replace(/^u\+/i, '').split('-');
      return (
        code >= Number.parseInt(from.replaceAll('?', '0'), 16) &&
        code <= Number.parseInt(to.replaceAll('?', 'F'), 16)
      );
    });

/** Whether a face holds the letters that anyone types. */
const isTyped = (range: string): boolean => holds(range)(0x41);

const descriptor = (face: AtRule, name: string): string | undefined => {
  const found = face.nodes?.find((node) => node.type === 'decl' && node.prop === name);
  return found?.type === 'decl' ? found.value : undefined;
};

/** The file that a source names, of those that lie in the folder: by name. */
const fileIn = (source: string): string | undefined => /url\("?[^")]*?([^/")]+)"?\)/.exec(source)?.[1];

/** Every browser that reads these pages reads it. */
const isWoff2 = (source: string): boolean => source.includes('.woff2');

/** A name that changes with the content, as browsers may keep a file as long as they like. */
const named = (name: string, content: Uint8Array | string): string =>
  name.replace(/\.[^.]+(\.[^.]+)$/, `.${sha256(content).slice(0, 8)}$1`);

/** Code points in order, as a descriptor: neighbours are one range. */
const rangesOf = (codes: readonly number[]): string => {
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges
    .map(([from, to]) => `U+${from.toString(16)}${to === from ? '' : `-${to.toString(16)}`}`)
    .join(',');
};

/** @param codes in order */
const holdOnly = (face: AtRule, codes: readonly number[]): void => {
  face.walkDecls('unicode-range', (declared) => {
    declared.remove();
  });
  face.append({ prop: 'unicode-range', value: rangesOf(codes) });
};

/** What stands beside WOFF2 as an alternative is never opened. @returns names of the files that were dropped */
const dropAlternatives = (face: AtRule): readonly string[] => {
  const dropped: string[] = [];
  face.walkDecls('src', (src) => {
    const sources = src.value.split(/,(?=\s*url\()/);
    const kept = sources.find(isWoff2);
    if (kept === undefined) return;
    src.value = kept.trim();
    dropped.push(...sources.flatMap((source) => (source === kept ? [] : (fileIn(source) ?? []))));
  });
  return dropped;
};

/** Code points that a font draws, in order. */
const drawnBy = (font: Buffer): readonly number[] =>
  (fontkitten.create(font) as fontkitten.Font).characterSet.toSorted((a, b) => a - b);

/** A cut font of a face for all characters is one file more: it has to save a third. */
const worthCutting = 2 / 3;

/** What is kept of a font besides the characters of pages. */
interface Kept {
  readonly weights: { readonly min: number; readonly max: number };
  /** OpenType's tags: a third of a font's glyphs are for what no style asks, as the figures of fractions. */
  readonly features: readonly string[];
}

/** @param codes in order */
const cut = async (
  font: Buffer,
  codes: readonly number[],
  { weights, features }: Kept,
): Promise<Uint8Array> => {
  const { variationAxes = {} } = fontkitten.create(font) as fontkitten.Font;
  // Its types do not know the features yet: they pass what is no literal.
  const options = {
    targetFormat: 'woff2' as const,
    keepFeatures: [...features],
    ...('wght' in variationAxes ? { variationAxes: { wght: weights } } : {}),
  };
  return subsetFont(font, String.fromCodePoint(...codes), options);
};

/**
 * What was cut in this process: to compress a cut font is half of what it takes to render a small site, and an edit of
 * a page seldom brings a character that it had not.
 */
const known = new Map<string, Promise<Uint8Array>>();

const subsetOf: typeof cut = (font, codes, kept) => {
  const asked = sha256(JSON.stringify([sha256(font), codes, kept]));
  const subset = known.get(asked) ?? cut(font, codes, kept);
  known.set(asked, subset);
  return subset;
};

/**
 * Cuts the fonts of a rendered site to what its pages print: of each face stands one that holds those of its characters,
 * and of its weights, that a page has. The whole face stays beside it where it holds the letters that anyone types, or all
 * that formulas are set in, for what is not cut alone. Every other is gone, and so is the family of an alphabet that no formula is set in. Pages,
 * styles and fonts name each other anew.
 *
 * @param assets the folder of fonts and style sheets
 * @param pages files of HTML, rewritten where they name what is renamed
 * @param read files that a page prints from: its drawings, and what is there when it is asked for
 */
export const subsetFonts = async (
  assets: string,
  pages: readonly string[],
  read: readonly string[] = [],
): Promise<void> => {
  const texts = await Promise.all(pages.map((page) => readFile(page, 'utf8')));
  const onDemand = await Promise.all(read.map((file) => readFile(file, 'utf8')));
  const sheets = (await readdir(assets)).filter((name) => name.endsWith('.css'));
  const styles = await Promise.all(sheets.map((name) => readFile(join(assets, name), 'utf8')));
  const characters = [...charactersOf([...texts, ...onDemand])].toSorted((a, b) => a - b);
  const asked = namesAskedIn([...texts, ...onDemand]);
  const kept: Kept = {
    weights: weightsOf([...texts, ...onDemand, ...styles]),
    features: featuresAskedIn([...texts, ...styles]),
  };
  /** Name of before -> name of now. */
  const renamed = new Map<string, string>();
  const unread = new Set<string>();

  for (const [at, name] of sheets.entries()) {
    const sheet = postcss.parse(styles[at]!);
    const faces: AtRule[] = [];
    sheet.walkAtRules('font-face', (face) => {
      for (const file of dropAlternatives(face)) unread.add(file);
      faces.push(face);
    });
    for (const face of faces) {
      const [source = '', range] = [descriptor(face, 'src'), descriptor(face, 'unicode-range')];
      const file = isWoff2(source) ? fileIn(source) : undefined;
      if (file === undefined) continue;
      const family = (descriptor(face, 'font-family') ?? '').replace(/^["']|["']$/g, '');
      const whole = await readFile(join(assets, file));
      const drawn = drawnBy(whole).filter(range === undefined ? () => true : holds(range));
      const ofFont = new Set(drawn);
      const held = characters.filter(range === undefined ? (code) => ofFont.has(code) : holds(range));
      if (range === undefined ? !isAsked(sheet, family, asked) : held.length === 0) {
        face.remove();
        unread.add(file);
        continue;
      }
      const content = held.length > 0 ? await subsetOf(whole, held, kept) : whole;
      if (range === undefined && content.length > whole.length * worthCutting) continue;
      // Else a browser that has not yet loaded the cut one may ask for both, or for characters that no font has.
      const ofCut = new Set(held);
      holdOnly(
        face,
        drawn.filter((code) => !ofCut.has(code)),
      );
      const subset = named(file, content);
      await writeFile(join(assets, subset), content);
      renamed.set(file, subset);
      const ofSubset = face.clone();
      ofSubset.walkDecls('src', (src) => {
        src.value = src.value.replace(file, subset);
      });
      holdOnly(ofSubset, held);
      if (range === undefined || isTyped(range)) face.after(ofSubset);
      else {
        face.replaceWith(ofSubset);
        unread.add(file);
      }
    }
    const text = sheet.toString();
    const now = named(name, text);
    await rm(join(assets, name));
    await writeFile(join(assets, now), text);
    renamed.set(name, now);
  }

  await Promise.all([...unread].map((name) => rm(join(assets, name), { force: true })));
  for (const [at, page] of pages.entries()) {
    let text = texts[at]!;
    for (const [before, now] of renamed) text = text.replaceAll(before, now);
    if (text !== texts[at]) await writeFile(page, text);
  }
};
