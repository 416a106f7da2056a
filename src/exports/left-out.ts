/** What a page shows on a screen, or when it is printed alone, and no export has: as classes, and as a selector. */
const classes = [
  'visually-hidden',
  'contents',
  'downloads',
  'digests',
  'recompute',
  'explore',
  'data-footnote-backref',
  'printed-works',
] as const;

export const leftOutClasses: ReadonlySet<string> = new Set(classes);

/** Voices may read what paper does not show. */
export const leftOut = [
  ...classes.filter((name) => name !== 'visually-hidden').map((name) => `.${name}`),
  '[data-media="screen"]',
].join(', ');
