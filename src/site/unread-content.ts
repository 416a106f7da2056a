/** What a reader's browser makes of code, of styles or of another document: no rule of the text can read it before. */

export const unreadMessage = (what: string): string =>
  `${what} brings what nothing can look at before a reader sees it.`;

/** Where the site has a place for it. */
const places: Readonly<Record<string, string>> = {
  code: 'let a component of your own bring it, imported at the top of the page.',
  styles: 'styles of a site are an option of paper() in astro.config.mjs.',
  document: 'link to it: [what it is](its-address).',
};

const elements: Readonly<Record<string, keyof typeof places>> = {
  script: 'code',
  style: 'styles',
  link: 'styles',
  iframe: 'document',
  frame: 'document',
  object: 'document',
  embed: 'document',
};

/** Of an element that brings such content, where it belongs. */
export const placeOfElement = (name: string): string | undefined =>
  Object.hasOwn(elements, name) ? places[elements[name] ?? ''] : undefined;

export const bringsDocument = (name: string): boolean => elements[name] === 'document';

/** Properties that print; by an escape any of them may be written. */
const printing = /counter|list-?style|content|quotes|\\/i;

/** Of an attribute of a plain element that brings such content, where it belongs. @param value undefined: code gives it */
export const placeOfAttribute = (name: string, value: string | undefined): string | undefined => {
  if (/^on/i.test(name)) return places['code'];
  return name.toLowerCase() === 'style' && (value === undefined || printing.test(value))
    ? places['styles']
    : undefined;
};
