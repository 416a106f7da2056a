import type { Root } from 'postcss';

/** Classes of HTML, and commands of TeX that is set in a reader's browser: `\\mathcal` asks for what `mathcal` does. */
export const namesAskedIn = (texts: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [, classes = ''] of text.matchAll(/class="([^"]*)"/g))
      for (const name of classes.split(/\s+/)) names.add(name);
    for (const [, command = ''] of text.matchAll(/\\\\([a-zA-Z]+)/g))
      names.add(command).add(`math${command}`);
  }
  return names;
};

/** A class that chooses an alphabet; others, as those of tall brackets, come with what a formula holds. */
const isAlphabet = (name: string): boolean => /^(math|text)/.test(name);

/**
 * Whether a font's family can be asked for: unless each rule that names it is of an alphabet that no text asks for.
 *
 * @param names as namesAskedIn gives them
 */
export const isAsked = (sheet: Root, family: string, names: ReadonlySet<string>): boolean => {
  let asked = 0;
  let rules = 0;
  sheet.walkDecls(/^font(-family)?$/, ({ parent, value }) => {
    if (parent?.type !== 'rule' || !value.includes(family)) return;
    for (const selector of (parent as unknown as { readonly selectors: readonly string[] }).selectors) {
      rules += 1;
      const [, last = ''] = /\.([\w-]+)[^.]*$/.exec(selector) ?? [];
      if (!isAlphabet(last) || names.has(last)) asked += 1;
    }
  });
  return rules === 0 || asked > 0;
};
