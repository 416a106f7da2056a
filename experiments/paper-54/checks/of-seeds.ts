import { alikeInputs } from 'reproducible-paper/stage';

/** An input of each seed under each name: `v1-1`, `v1-2`, ... */
export const ofSeeds = <const F extends string>(
  seeds: readonly number[],
  names: readonly string[],
  ...outputs: readonly F[]
) =>
  alikeInputs(
    names.flatMap((name) => seeds.map((seed) => `${name}-${seed}`)),
    ...outputs,
  );
