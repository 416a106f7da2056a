import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The digest of a JSON value, whatever the order of its members. */
export const digestOf = (value: unknown): string => sha256(canonicalize(value) ?? 'undefined');
