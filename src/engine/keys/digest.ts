import { canonicalJson } from './plain-json.ts';
import { sha256 } from './sha256.ts';

/** The digest of a JSON value, whatever the order of its members. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value));
