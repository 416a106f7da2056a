/**
 * Mean and root mean square over heads and layers.
 *
 * @param at gives a cosine less its null's mean
 */
export const poolHeads = (layers: number, nHeads: number, at: (layer: number, head: number) => number) => {
  let sum = 0;
  let squares = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let head = 0; head < nHeads; head += 1) {
      const cosine = at(layer, head);
      sum += cosine;
      squares += cosine * cosine;
    }
  }
  const count = layers * nHeads;
  return [sum / count, Math.sqrt(squares / count)] as const;
};
