/** How many primes there are: counted in Python, and again without its code. */
import { type Pipeline, stage } from 'reproducible-paper/stage';
import { check } from './check.ts';
import { primes } from './primes.ts';

export const profiles = ['whole'];
export const defaultProfile = 'whole';

export const pipeline = (): Pipeline => {
  const counted = stage('primes', primes, { params: { limits: [100, 1_000, 10_000, 100_000] } });
  return {
    paper: 'new-paper',
    // A verdict that turns stops the build until it is accepted.
    locked: true,
    results: [counted, stage('check', check, { inputs: { primes: counted } })],
    files: {},
  };
};
