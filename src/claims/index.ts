/** What an author imports for a paper's claims: predicates over results, and statements over seeds. */

export { type Assessment, above, all, any, below, type Claims, type ClaimsOf, within } from './claim.ts';
export { inEverySeed, onAverage } from './claim-over-seeds.ts';
export type { ResultReader } from './result-reader.ts';
