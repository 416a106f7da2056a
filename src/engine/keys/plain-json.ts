import canonicalize from 'canonicalize';

/** Where in a value something stands that JSON has no spelling for, and what it is. */
export interface NotPlain {
  /** For example `options.layers.0`; empty for the value itself. */
  readonly at: string;
  readonly what: string;
}

const kindOf = (value: object): string | undefined => {
  if (Array.isArray(value)) return undefined;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return undefined;
  return `a ${value.constructor?.name ?? 'class instance'}`;
};

const scalarKind = (value: unknown): string | undefined => {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'a text with half of a character';
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value}`;
  return value === undefined ? 'undefined' : `a ${typeof value}`;
};

/**
 * The first part of a value that JSON cannot say, and that would so hash as something else than it is: a Map, a Set, a
 * RegExp, a function, NaN, a hole, what holds itself. An object's member that is undefined counts as absent.
 */
export const notPlain = (value: unknown, at = '', around: readonly object[] = []): NotPlain | undefined => {
  if (typeof value !== 'object' || value === null) {
    const what = scalarKind(value);
    return what === undefined ? undefined : { at, what };
  }
  const what = around.includes(value) ? 'an object that holds itself' : kindOf(value);
  if (what !== undefined) return { at, what };
  if (Object.getOwnPropertySymbols(value).length > 0) return { at, what: 'an object with a symbol' };
  const members = Array.isArray(value)
    ? Array.from(value, (member, index) => [String(index), member] as const)
    : Object.entries(value).filter(([, member]) => member !== undefined);
  for (const [name, member] of members) {
    const place = at === '' ? name : `${at}.${name}`;
    const found = notPlain(name, place) ?? notPlain(member, place, [...around, value]);
    if (found) return found;
  }
  return undefined;
};

/** A value's one spelling (RFC 8785): members in order, absent ones left out; the same that is hashed and handed on. */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? 'null';
