/** What random matrices already show: every stage in data order. */
import { type Pipeline, stage } from 'reproducible-paper/stage';
import { entryLawTable } from './analyses/entry-laws.ts';
import { finiteSize } from './analyses/finite-size.ts';
import { products } from './analyses/products.ts';
import { rectangles } from './analyses/rectangles.ts';
import { squareMatrices } from './analyses/square.ts';
import { configs, profiles } from './config.ts';

export { profiles };
export const defaultProfile = 'whole';
export const fromZero = 'quick';

export const pipeline = (profile: (typeof profiles)[number]): Pipeline => {
  const { sizes, entrySize, rows, width, ...config } = configs[profile];
  const seeds = [...config.seeds];
  const square = stage('square-matrices', squareMatrices, { params: { sizes: [...sizes], seeds } });
  return {
    paper: 'random-spectra',
    locked: profile === 'whole',
    results: [
      square,
      stage('products', products, { params: { sizes: [...sizes], seeds } }),
      stage('rectangles', rectangles, { params: { n: width, rows: [...rows], seeds } }),
      stage('entry-laws', entryLawTable, { params: { n: entrySize, seeds } }),
      stage('finite-size', finiteSize, { inputs: { square }, params: { at: sizes.at(-1)! } }),
    ],
    files: {},
  };
};
