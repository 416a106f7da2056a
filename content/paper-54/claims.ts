/** What the prose asserts. A margin is the distance to flipping, in the unit that each claim names. */
import type { Claims } from 'reproducible-paper/claims';
import { entryClaims } from './claims/entry-claims.ts';
import { formClaims } from './claims/form-claims.ts';
import { invariantClaims } from './claims/invariant-claims.ts';
import { originalClaims } from './claims/original-claims.ts';
import { trainingClaims } from './claims/training-claims.ts';

export const claims: Claims = {
  ...formClaims,
  ...entryClaims,
  ...invariantClaims,
  ...trainingClaims,
  ...originalClaims,
};
