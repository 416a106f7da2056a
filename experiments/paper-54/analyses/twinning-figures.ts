import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { quarterCircleQuantiles, spectralDivergence } from 'reproducible-paper/numerics/spectrum';
import type { Figures } from '../controls/gaussian-null.ts';
import { type AttentionWeights, headRows } from '../model/attention-weights.ts';

/** Three projections, or a head's rows of them. */
type Triple = { readonly [name in 'q' | 'k' | 'v']: Matrix };

const spectraOf = ({ q, k, v }: Triple, la: LinearAlgebra) => ({
  q: { name: 'Q', sigma: la.singularValues(q) },
  k: { name: 'K', sigma: la.singularValues(k) },
  v: { name: 'V', sigma: la.singularValues(v) },
});

/** KL divergences of normalised singular values, from each other and from the quarter circle, in nats. */
export const twinningFigures = (triple: Triple, la: LinearAlgebra): Figures => {
  const { q, k, v } = spectraOf(triple, la);
  const mp = { name: 'the quarter circle', sigma: quarterCircleQuantiles(triple.q.rows) };
  return {
    'kl-q-k': spectralDivergence(q, k),
    'kl-q-v': spectralDivergence(q, v),
    'kl-q-mp': spectralDivergence(q, mp),
    'kl-k-mp': spectralDivergence(k, mp),
    'kl-v-mp': spectralDivergence(v, mp),
  };
};

/** What Gaussian heads give is kept under it. */
export const headTwinningTable = 'twinning-by-head';

/** Whether a head's Q_h and K_h [dHead, n] share a spectrum as Q and K do: attention uses heads, not their stack. */
export const twinningOfHead = (weights: AttentionWeights, head: number, la: LinearAlgebra): Figures => {
  const rows = (projection: Matrix): Matrix => headRows(projection, weights.nHeads, head);
  const { q, k, v } = spectraOf({ q: rows(weights.q), k: rows(weights.k), v: rows(weights.v) }, la);
  return { 'kl-q-k': spectralDivergence(q, k), 'kl-q-v': spectralDivergence(q, v) };
};
