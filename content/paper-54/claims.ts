/** What the prose asserts. A margin is the distance to flipping, in the unit that each claim names. */
import type { Claims } from 'reproducible-paper/claims';
import { copyingClaims } from './claims/copying-claims.ts';
import { entryClaims } from './claims/entry-claims.ts';
import { formClaims } from './claims/form-claims.ts';
import { invariantClaims } from './claims/invariant-claims.ts';
import { orderClaims } from './claims/order-claims.ts';
import { originalClaims } from './claims/original-claims.ts';
import { plantedClaims } from './claims/planted-claims.ts';
import { trainingClaims } from './claims/training-claims.ts';

/** Why those of a kind state no power that do not say so themselves. */
const withoutPower = (noPower: string, claims: Claims): Claims =>
  Object.fromEntries(
    Object.entries(claims).map(([id, claim]) => [
      id,
      claim.power === undefined && claim.noPower === undefined ? { ...claim, noPower } : claim,
    ]),
  );

const withoutSeeds = (noSeeds: string, claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).map(([id, claim]) => [id, { ...claim, noSeeds }]));

const notPlanted = 'nothing of this kind was planted: it says what is found, not what is not';

export const claims: Claims = {
  ...withoutPower(notPlanted, { ...formClaims, ...orderClaims, ...plantedClaims }),
  ...copyingClaims,
  ...withoutPower(notPlanted, entryClaims),
  ...withoutPower(
    'a pattern is counted as it stands: none was planted that it could have missed',
    invariantClaims,
  ),
  ...withoutPower('losses are compared as they are, over runs: nothing was planted', trainingClaims),
  ...withoutPower(
    'printed figures are compared: nothing is tested',
    withoutSeeds('nothing of it is trained', originalClaims),
  ),
};
