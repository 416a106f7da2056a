/**
 * ct-init, our reconstruction: an embedding whose tied head gives back p_y exp(M_xy), a mixture of unigram and
 * bigram. S = K_2 + K_2^T, N = sum S, p its margins (+1/2 each), b = log p - mean(log p),
 * M = log(1 + S_xy / (N kappa p_x p_y)). Columns 1..n-1: U |Lambda|^{1/2} of M's leading eigenpairs, convolved
 * along the columns with the Moebius kernel; column 0: b.
 */
import { circularConvolution } from 'reproducible-paper/numerics/circular-convolution';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import {
  type SparseMatrix,
  sparseAdd,
  sparseMap,
  sparseRowSums,
  sparseTranspose,
} from 'reproducible-paper/numerics/sparse-matrix';
import { type TopEigenpairs, topEigenpairs } from 'reproducible-paper/numerics/top-eigenpairs';
import { moebiusKernel } from './moebius.ts';

export interface CtInit {
  /** [vocab, width]; column 0 is the unigram's */
  readonly embedding: Float64Array;
  /** [width - 1], by magnitude, descending */
  readonly eigenvalues: Float64Array;
  /** Column 0 times this is b: the final norm's bias there. */
  readonly unigramScale: number;
}

export interface CtInitOptions {
  /** Pseudo-count of the mixture: larger leans to the unigram. */
  readonly kappa: number;
  /** Whether the Moebius kernel is applied; without it k is a delta. */
  readonly kernel: boolean;
  readonly width: number;
  /** Root mean square of the embedding's entries. */
  readonly rms: number;
  readonly seed: number;
}

/** Centred log frequencies b [vocab] and the sparse symmetric M [vocab, vocab]. */
const unigramAndMixture = (k2: SparseMatrix, kappa: number) => {
  const s = sparseAdd(k2, sparseTranspose(k2));
  const margins = sparseRowSums(s);
  const total = margins.reduce((sum, value) => sum + value, 0);
  const smoothed = margins.map((value) => value + 0.5);
  const mass = smoothed.reduce((sum, value) => sum + value, 0);
  const p = smoothed.map((value) => value / mass);
  const logs = p.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return {
    b: logs.map((value) => value - mean),
    m: sparseMap(s, (count, x, y) => Math.log1p(count / (total * kappa * p[x]! * p[y]!))),
  };
};

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** What takes time, apart from what is done with it: ablations share it. */
export interface CtSpectrum {
  /** [vocab] */
  readonly b: Float64Array;
  /** Leading eigenpairs of M: values [width - 1], vectors [vocab, width - 1] */
  readonly eigenpairs: TopEigenpairs;
}

export const ctSpectrum = (
  k2: SparseMatrix,
  la: LinearAlgebra,
  { kappa, width, seed }: Pick<CtInitOptions, 'kappa' | 'width' | 'seed'>,
): CtSpectrum => {
  const { b, m } = unigramAndMixture(k2, kappa);
  return {
    b,
    eigenpairs: topEigenpairs([m], width - 1, la, { seed }),
  };
};

export const ctInit = (
  { b, eigenpairs: { values, vectors } }: CtSpectrum,
  { kernel, width, rms }: Pick<CtInitOptions, 'kernel' | 'width' | 'rms'>,
): CtInit => {
  const n = b.length;
  const inner = width - 1;
  const roots = values.map((value) => Math.sqrt(Math.abs(value)));
  const k = moebiusKernel(inner);
  const columns = new Float64Array(n * inner);
  for (let x = 0; x < n; x += 1) {
    const row = vectors.data.slice(x * inner, (x + 1) * inner).map((value, j) => value * roots[j]!);
    columns.set(kernel ? circularConvolution(row, k) : row, x * inner);
  }
  const columnScale = rms / rootMeanSquare(columns);
  const unigramScale = rms / rootMeanSquare(b);
  const embedding = new Float64Array(n * width);
  for (let x = 0; x < n; x += 1) {
    embedding[x * width] = b[x]! * unigramScale;
    for (let j = 0; j < inner; j += 1) embedding[x * width + 1 + j] = columns[x * inner + j]! * columnScale;
  }
  return { embedding, eigenvalues: values, unigramScale };
};
