import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { haarMatrix } from '../controls/haar-matrix.ts';
import { requireKept } from '../controls/require-kept.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { alignedCosines, preparedLayer } from './aligned-forms.ts';
import { type AlignedPair, alignmentStream, meanCosines } from './aligned-pair.ts';

/** The draws' products are of single precision. */
const tolerance = 1e-6;

/**
 * Makes a pair's first draw again the long way, from both runs' forms.
 *
 * @param a path of the weights that are turned
 * @param b path of the other ones
 * @throws KeptDiffers
 */
export const replayAlignment = (
  { meanDraws }: AlignedPair,
  { a, b }: { readonly a: string; readonly b: string },
  of: { readonly seed: number; readonly stream: string },
  la: LinearAlgebra,
): void => {
  const [from, to] = [a, b].map((path) =>
    attentionWeightsOf(readSafetensors(path)).map((layer) => preparedLayer(layer, la)),
  );
  const n = from![0]!.weights.q.rows;
  const o = haarMatrix(n, alignmentStream(of, n, 0));
  const again = meanCosines(from!.map((layer, at) => alignedCosines(layer, to![at]!, o, la)));
  for (const id of ['whole', 'matched'] as const) {
    requireKept({
      stage: `aligned-${of.stream}`,
      what: `the first draw's mean cosine (${id})`,
      kept: meanDraws[0]?.[id],
      again: again[id],
      tolerance,
    });
  }
};
