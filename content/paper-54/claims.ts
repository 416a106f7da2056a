/** What the prose asserts. A margin is the distance to flipping, in the unit that each claim names. */
import type { Claims } from 'reproducible-paper/claims';
import { conjectureClaims } from './claims/conjecture-claims.ts';
import { invariantClaims } from './claims/invariant-claims.ts';
import { originalClaims } from './claims/original-claims.ts';
import { trainingClaims } from './claims/training-claims.ts';

export const claims: Claims = {
  ...conjectureClaims,
  ...invariantClaims,
  ...trainingClaims,
  ...originalClaims,
};
