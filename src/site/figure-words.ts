/** Words that a figure prints: like those of the page they hold no number that no stage computed. */
import { PaperError } from '../engine/stage/index.ts';
import { printedLiterals } from '../figures/expression-fields.ts';
import { type FigureSource, placeOf } from '../figures/figure-source.ts';
import { typedDigit, typedNumber } from './typed-number.ts';

/** Members of a specification that are printed, or read aloud, as they are. */
const wordMembers: ReadonlySet<string> = new Set(['title', 'subtitle', 'text', 'description']);

/** Members that hold data, or names of data. */
const dataMembers: ReadonlySet<string> = new Set(['data', 'datasets']);

/** Members of a word that may hold its text: as it is, under a condition, or as an expression. */
const textMembers: ReadonlySet<string> = new Set(['value', 'condition', 'expr']);

/** Members of directLabels, a name for each of several things. */
const nameMembers: ReadonlySet<string> = new Set(['names', 'strokes']);

type Path = readonly (string | number)[];
type Text = readonly [text: string, path: Path];

/** What an expression prints that it did not read. */
const printedBy = (expression: string, path: Path): readonly Text[] =>
  printedLiterals(expression).map((literal) => [String(literal), path]);

/** Every text that stands at a word's member, by itself, as a line of several, as a channel's value or as an expression. */
const textsAt = (value: unknown, path: Path): readonly Text[] => {
  if (typeof value === 'string') return path.at(-1) === 'expr' ? printedBy(value, path) : [[value, path]];
  if (Array.isArray(value)) return value.flatMap((line, at) => textsAt(line, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, text]) =>
    textMembers.has(key) ? textsAt(text, [...path, key]) : [],
  );
};

/** A name of a field's value may hold that value, which is a datum. */
const valueNamed = (place: Path): readonly string[] =>
  place.at(-2) === 'names' ? [String(place.at(-1))] : [];

/** What a member prints: a word, names, a computed label, or texts of a computed field, whose numbers may place marks. */
const printedAt = (key: string, value: unknown, path: Path): readonly Text[] => {
  if (wordMembers.has(key)) return textsAt(value, path);
  if (nameMembers.has(key)) {
    return Object.entries(value ?? {}).flatMap(([of, name]) => textsAt(name, [...path, of]));
  }
  if (typeof value !== 'string') return [];
  if (key === 'labelExpr') return printedBy(value, path);
  if (key !== 'calculate') return [];
  return printedLiterals(value).flatMap((literal) => (typeof literal === 'string' ? [[literal, path]] : []));
};

/**
 * @param allowed names with digits that the paper allows
 * @throws TypedDigit, with its place
 */
export const requireWords = (source: FigureSource, allowed: readonly string[]): void => {
  const visit = (node: unknown, path: Path): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (dataMembers.has(key)) continue;
      const at = [...path, Array.isArray(node) ? Number(key) : key];
      visit(value, at);
      for (const [text, place] of printedAt(key, value, at)) {
        const found = typedNumber(text, [...allowed, ...valueNamed(place)]);
        if (!found) continue;
        const { message, hint } = typedDigit(
          found.text,
          `is in the words of figure '${source.id}'`,
          'let a stage compute it and draw its field by a text mark',
        );
        throw new PaperError('TypedDigit', message, { where: placeOf(source, place, text), hint });
      }
    }
  };
  visit(source.spec, []);
};
