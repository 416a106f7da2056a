import type { SourcePosition } from '../engine/stage/index.ts';
import { keyPlace } from './key-place.ts';

/**
 * Where an author defines a claim: its id as a key, in the file of claims or in one of the folder beside it.
 *
 * @param claimsFile relative to the project, as `content/<paper>/claims.ts`
 */
export const claimPlace = (root: string, claimsFile: string, id: string): SourcePosition =>
  keyPlace(root, claimsFile, ['claims', id]);
