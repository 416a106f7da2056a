import escapeStringRegexp from 'escape-string-regexp';

/** A number that is typed: digits, fractions, powers and numerals of any script. */
export interface TypedNumber {
  readonly text: string;
  /** Where it begins. */
  readonly index: number;
}

/** A name stands for itself alone: `B2` allows no `B21`. A line may be broken where it has a space. */
const blanked = (text: string, allowed: readonly string[]): string =>
  // Longest first, so that one name does not break another that holds it; same length keeps columns right.
  allowed
    .filter((name) => name.trim() !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce(
      (rest, name) =>
        rest.replace(
          new RegExp(
            `(?<![\\p{L}\\p{N}])${name.trim().split(/\s+/).map(escapeStringRegexp).join('\\s+')}(?!\\p{N}|[.,]\\p{N})`,
            'gu',
          ),
          (found) => found.replace(/[^\n]/g, ' '),
        ),
      text,
    );

/** The first number of a text that is in none of the names that a paper allows. */
export const typedNumber = (text: string, allowed: readonly string[]): TypedNumber | undefined => {
  const match = /\p{N}[\p{N}.,]*/u.exec(blanked(text, allowed));
  return match ? { text: match[0], index: match.index } : undefined;
};

/**
 * What is said of one.
 *
 * @param stands where it does, such as 'is typed in the prose'
 * @param remedy besides allowing the name that holds it
 */
export const typedDigit = (
  number: string,
  stands: string,
  remedy: string,
): { readonly message: string; readonly hint: string } => ({
  message: `'${number}' ${stands}; a number on the page is computed or quoted.`,
  hint: `${remedy}, or add the name that holds it to \`allow\` in the frontmatter.`,
});

const readAttributes: ReadonlySet<string> = new Set([
  'abbr',
  'alt',
  'title',
  'caption',
  'label',
  'summary',
  'placeholder',
  'value',
  'srcdoc',
  'start',
  'aria-label',
  'aria-braillelabel',
  'aria-brailleroledescription',
  'aria-description',
  'aria-roledescription',
  'aria-placeholder',
  'aria-valuenow',
  'aria-valuetext',
  'data-number',
  'set:html',
  'set:text',
]);

/** Whether a page shows an attribute, or a voice reads it: in HTML `ALT` is `alt`. */
export const isReadAttribute = (name: string): boolean => readAttributes.has(name.toLowerCase());
