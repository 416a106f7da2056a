import { mean } from '../analyses/mean.ts';
import type { Calibration } from './calibration.ts';
import type { FormNullsRead } from './read-form-nulls.ts';
import { excess, limitOf } from './trace-by-layer.ts';

/**
 * The share of energy that the interval over trainings allows a view on average over heads, each head read by itself. A
 * strength grows faster than the effect by which it is read, so that of heads of unlike strength the root mean square, read as
 * one, gives less than they have on average (Jensen's inequality); of heads that are alike, the same. What a head has less
 * than chance counts below zero.
 *
 * @param alpha the positive control's reading of the root mean square
 */
export const limitByHead = (
  seeds: readonly FormNullsRead[],
  test: number,
  { alpha }: Pick<Calibration, 'alpha'>,
): number => {
  const energyOf = (of: FormNullsRead, layer: number, head: number): number => {
    const beyond = excess(of, 'haar', layer, test, head);
    return Math.sign(beyond) * alpha(Math.sqrt(Math.abs(beyond))) ** 2;
  };
  const energies = seeds.map((of) => {
    const cells = Array.from({ length: of.nLayers * of.nHeads }, (_, at) =>
      energyOf(of, Math.floor(at / of.nHeads), at % of.nHeads),
    );
    return Math.max(0, mean(cells));
  });
  return limitOf(energies);
};
