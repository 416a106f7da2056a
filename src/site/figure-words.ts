/** Words that a figure prints: like those of the page they hold no number that no stage computed. */
import { PaperError } from '../engine/stage/index.ts';
import { printedLiterals } from '../figures/expression-fields.ts';
import { type FigureSource, placeOf } from '../figures/figure-source.ts';
import { typedDigit, typedNumber } from './typed-number.ts';

/** Members of a specification that are printed, or read aloud, as they are; `names` are those of directLabels. */
const wordMembers: ReadonlySet<string> = new Set([
  'title',
  'subtitle',
  'text',
  'description',
  'names',
  'strokes',
]);

/** Members that hold data, or names of data. */
const dataMembers: ReadonlySet<string> = new Set(['data', 'datasets']);

/** Members whose expression is printed. */
const expressionMembers: ReadonlySet<string> = new Set(['expr', 'labelExpr']);

type Path = readonly (string | number)[];
type Text = readonly [text: string, path: Path];

/** Every text that stands at a member, by itself, as a line of several, as a channel's value or as one of several names. */
const textsAt = (value: unknown, path: Path): readonly Text[] => {
  if (typeof value === 'string') return [[value, path]];
  if (Array.isArray(value)) return value.flatMap((line, at) => textsAt(line, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  const isOfNames = ['names', 'strokes'].includes(String(path.at(-1)));
  return Object.entries(value).flatMap(([key, text]) =>
    isOfNames || key === 'value' ? textsAt(text, [...path, key]) : [],
  );
};

/** A name of a field's value may hold that value, which is a datum. */
const valueNamed = (place: Path): readonly string[] =>
  place.at(-2) === 'names' ? [String(place.at(-1))] : [];

/** What an expression prints that it did not read: of one that computes a field the texts alone, since it may place marks. */
const textsIn = (key: string, value: unknown, path: Path): readonly Text[] => {
  if (typeof value !== 'string') return [];
  const isPrinted = expressionMembers.has(key);
  if (!isPrinted && key !== 'calculate') return [];
  return printedLiterals(value)
    .filter((literal) => isPrinted || typeof literal === 'string')
    .map((literal) => [String(literal), path]);
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
      const printed = wordMembers.has(key) ? textsAt(value, at) : textsIn(key, value, at);
      for (const [text, place] of printed) {
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
