const resultAttributes: ReadonlySet<string> = new Set([
  'data-value',
  'data-reported',
  'data-table',
  'data-figure',
  'data-claim',
]);

/** By these a page says what a result printed, or what a verdict decided: only its own text is held against either. */
export const isResultAttribute = (name: string): boolean => resultAttributes.has(name.toLowerCase());

export const forgedMessage = (attribute: string, what: string): string =>
  `${what} prints ${attribute} itself, and nothing holds what it says against results.`;
