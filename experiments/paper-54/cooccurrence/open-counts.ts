import {
  float64Of,
  int32Of,
  openSafetensors,
  type Safetensors,
} from 'reproducible-paper/numerics/safetensors';
import { type SparseMatrix, sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import type { Counts } from './read-counts.ts';

/**
 * What `countPairs` wrote, its pairs of tokens left in the file: to sort all of them takes longer than most analyses do,
 * and none needs all. Published runs are keyed by `readCounts`, and keep it.
 */
export interface CountsFile extends Pick<Counts, 'vocabSize' | 'statisticsTokens' | 'top' | 'unigram'> {
  /** Of the top tokens [top, top]; row: earlier token, column: later token. Read and sorted at each call. */
  readonly topPairs: (view: 'k2' | 'k3-skip' | 'window') => SparseMatrix;
}

/** @throws BadSafetensors */
export const openCounts = (path: string): CountsFile => {
  const { metadata, reader } = openSafetensors(path);
  const only = (name: string): Safetensors => {
    const { dtype, shape, length, slice } = reader(name);
    return { path, metadata, tensors: new Map([[name, { dtype, shape, data: slice(0, length) }]]) };
  };
  const whole = (name: string): Int32Array => int32Of(only(name), name);
  const top = whole('top');
  return {
    vocabSize: Number(metadata['vocabSize']),
    statisticsTokens: Number(metadata['statisticsTokens']),
    top,
    unigram: whole('unigram'),
    topPairs: (view) => {
      const values = `top.${view}.values`;
      return sparseFromTriplets(top.length, top.length, {
        rows: whole(`top.${view}.rows`),
        cols: whole(`top.${view}.cols`),
        values: float64Of(only(values), values),
      });
    },
  };
};
