/** A cell of a law, in the order of falling squares: a square, and how much of the law lies there. */
export interface LawCell {
  readonly square: number;
  readonly mass: number;
}

/**
 * lim E_k / E_n where k / n is fixed: what the leading share of singular values holds of the energy, where E[s^2] is one.
 *
 * @param cells from the largest squares on
 * @param share of the singular values, in (0, 1)
 */
export const leadingEnergyOf = (cells: Iterable<LawCell>, share: number): number => {
  let [mass, energy] = [0, 0];
  for (const cell of cells) {
    if (mass + cell.mass >= share) return energy + cell.square * (share - mass);
    mass += cell.mass;
    energy += cell.mass * cell.square;
  }
  return energy;
};
