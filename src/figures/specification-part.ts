/** An object of a specification. */
export type Part = Readonly<Record<string, unknown>>;

/** Where something stands in a specification. */
export type PartPath = readonly (string | number)[];

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What draws, or holds what draws. */
export const isView = (node: Part): boolean =>
  ['mark', 'layer', 'spec', 'concat', 'hconcat', 'vconcat'].some((member) => member in node);
