import canonicalize from 'canonicalize';
import { sha256 } from './sha256.ts';

/** The digest of a JSON value, whatever the order of its members. */
export const digestOf = (value: unknown): string => sha256(canonicalize(value) ?? 'undefined');
