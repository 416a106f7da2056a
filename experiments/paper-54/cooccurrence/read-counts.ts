import {
  float64Of,
  int32Of,
  readSafetensors,
  type Safetensors,
} from 'reproducible-paper/numerics/safetensors';
import { type SparseMatrix, sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';

/** What `countPairs` wrote, as matrices. */
export interface Counts {
  readonly vocabSize: number;
  readonly statisticsTokens: number;
  /** Tokens by frequency, descending [top] */
  readonly top: Int32Array;
  /** [vocab] */
  readonly unigram: Int32Array;
  /** [vocab, vocab] over the whole vocabulary */
  readonly k2: SparseMatrix;
  /** [top, top]; row: earlier token, column: later token */
  readonly topK2: SparseMatrix;
  readonly topK3Skip: SparseMatrix;
  readonly topWindow: SparseMatrix;
}

const sparseOf = (file: Safetensors, name: string, size: number): SparseMatrix =>
  sparseFromTriplets(size, size, {
    rows: int32Of(file, `${name}.rows`),
    cols: int32Of(file, `${name}.cols`),
    values: float64Of(file, `${name}.values`),
  });

export const readCounts = (path: string): Counts => {
  const file = readSafetensors(path);
  const vocabSize = Number(file.metadata['vocabSize']);
  const top = int32Of(file, 'top');
  return {
    vocabSize,
    statisticsTokens: Number(file.metadata['statisticsTokens']),
    top,
    unigram: int32Of(file, 'unigram'),
    k2: sparseOf(file, 'k2', vocabSize),
    topK2: sparseOf(file, 'top.k2', top.length),
    topK3Skip: sparseOf(file, 'top.k3-skip', top.length),
    topWindow: sparseOf(file, 'top.window', top.length),
  };
};
