/** What an author imports for a paper's claims: predicates over results, and statements over seeds. */

export {
  type Assess,
  type Assessment,
  above,
  below,
  type Claims,
  type ClaimsOf,
  type Power,
  within,
} from './claim.ts';
export { all, any, atLeast } from './claim-over-parts.ts';
export { besideInterval, besideSeeds, inEverySeed, onAverage } from './claim-over-seeds.ts';
export type { ResultReader } from './result-reader.ts';
export { significant } from './significant.ts';
