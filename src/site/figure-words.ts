/** Words that a figure prints: like those of the page they hold no number that no stage computed. */
import { PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from '../figures/figure-source.ts';
import { typedNumber } from './typed-number.ts';

/** Members of a specification that are printed, or read aloud, as they are. */
const wordMembers: ReadonlySet<string> = new Set(['title', 'subtitle', 'text', 'description']);

/** Members that hold data, names of data, or what is taken from data. */
const dataMembers: ReadonlySet<string> = new Set(['data', 'datasets', 'transform', 'usermeta']);

type Path = readonly (string | number)[];

/** Every text that stands at a member, by itself, as a line of several or as a channel's value. */
const textsAt = (value: unknown, path: Path): readonly (readonly [text: string, path: Path])[] => {
  if (typeof value === 'string') return [[value, path]];
  if (Array.isArray(value)) return value.flatMap((line, at) => textsAt(line, [...path, at]));
  return typeof value === 'object' && value !== null && 'value' in value
    ? textsAt(value.value, [...path, 'value'])
    : [];
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
      if (!wordMembers.has(key)) continue;
      for (const [text, place] of textsAt(value, at)) {
        const found = typedNumber(text, allowed);
        if (!found) continue;
        throw new PaperError(
          'TypedDigit',
          `'${found.text}' is in the words of figure '${source.id}'; a number on the page is computed or quoted.`,
          {
            where: placeOf(source, place, text),
            hint: 'let a stage compute it and draw its field by a text mark, or add the name that holds it to `allow` in the frontmatter.',
          },
        );
      }
    }
  };
  visit(source.spec, []);
};
