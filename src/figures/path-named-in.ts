import type { Part, PartPath } from './specification-part.ts';

/** Every text of a specification, where it stands. */
const textsIn = (value: unknown, path: PartPath): readonly (readonly [string, PartPath])[] => {
  if (typeof value === 'string') return [[value, path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
};

/**
 * Where a specification says what Vega complains of: the text that it puts in quotation marks, or one that holds the last
 * word of the complaint; the top where there is none.
 */
export const pathNamedIn = (spec: Part, complaint: string): PartPath => {
  const texts = textsIn(spec, []);
  const quoted = /"([^"]+)"/.exec(complaint)?.[1];
  const last = /([\w%$.-]+)\W*$/.exec(complaint)?.[1] ?? '';
  const named =
    texts.find(([text]) => text === quoted) ??
    texts.find(([text]) => last.length > 1 && text.includes(last)) ??
    texts.find(([text]) => text.length > 2 && complaint.endsWith(text));
  return named?.[1] ?? [];
};
