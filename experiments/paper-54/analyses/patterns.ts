/** What the five invariants say of layers and heads, each with the rule by which it is judged. */
import { figure, rowWhere } from './audit-check.ts';
import {
  beyond,
  counted,
  type Found,
  numbersOf,
  overDepth,
  type Pattern,
  type Rows,
  withoutP,
} from './pattern.ts';

const twinning = (found: Found): Rows => found['spectral-twinning']!;
const compared = (table: (found: Found) => Rows, is: (row: Rows[number]) => boolean) => (found: Found) =>
  table(found).map(is);
const at = (row: Rows[number], column: string): number => Number(row[column]);
const aboveNull = (column: string) => (row: Rows[number]) => at(row, column) > at(row, `${column}-null-high`);
const belowNull = (column: string) => (row: Rows[number]) => at(row, column) < at(row, `${column}-null-low`);
const kernel = (matrix: string) => (found: Found) =>
  found['low-rank-nulls']!.filter((row) => row['matrix'] === matrix);
const form = (found: Found): Rows => found['asymmetry-nulls']!;

/** One truth a head. */
const heads = (rows: Rows, column: string, total: number): readonly boolean[] =>
  rows.flatMap((row) => Array.from({ length: total }, (_, head) => head < at(row, column)));

const headsOf = (found: Found): number => at(found['twinning-heads']![0]!, 'heads');

const reportedRank = (end: 'low' | 'high') =>
  figure(rowWhere('summary-invariants', 'invariant', 'qk-effective-rank'), end);

const asReported: Pattern = {
  pattern: 'as-low-as-reported',
  invariant: 3,
  statistic: 'layers whose effective rank lies in the reported range',
  rule: 'both ends of the range, in every seed',
  judge: (found) => {
    const ranks = numbersOf(kernel('Q K^T')(found), 'effective-rank');
    const [low, high] = [reportedRank('low').low, reportedRank('high').high];
    const value = ranks.filter((rank) => rank >= low && rank <= high).length;
    return { value, of: ranks.length, p: null, holds: value === ranks.length };
  },
  pool: () => null,
};

export const patterns: readonly Pattern[] = [
  counted(
    'qk-nearer-than-qv',
    1,
    'layers with KL(Q‖K) below KL(Q‖V)',
    compared(twinning, (row) => at(row, 'kl-q-k') < at(row, 'kl-q-v')),
    'nearly all',
  ),
  withoutP(
    counted(
      'heads-qk-nearer-than-qv',
      1,
      'heads with KL(Q‖K) below KL(Q‖V)',
      (found) => heads(found['twinning-heads']!, 'heads-nearer', headsOf(found)),
      'nearly all',
    ),
  ),
  counted(
    'v-farther-from-random',
    1,
    'layers with V farther from the random law than Q',
    compared(twinning, (row) => at(row, 'kl-v-mp') > at(row, 'kl-q-mp')),
    'nearly all',
  ),
  counted(
    'v-nearer-to-random',
    1,
    'layers with V nearer to the random law than Q',
    compared(twinning, (row) => at(row, 'kl-v-mp') < at(row, 'kl-q-mp')),
    'nearly all',
  ),
  beyond(
    'qk-apart',
    1,
    "layers with KL(Q‖K) above Gaussian matrices'",
    compared(twinning, aboveNull('kl-q-k')),
    'nearly all',
  ),
  beyond(
    'q-from-random',
    1,
    "layers with Q farther from the random law than Gaussian matrices'",
    compared(twinning, aboveNull('kl-q-mp')),
    'nearly all',
  ),
  beyond(
    'v-from-random',
    1,
    "layers with V farther from the random law than Gaussian matrices'",
    compared(twinning, aboveNull('kl-v-mp')),
    'nearly all',
  ),
  overDepth('v-grows', 2, "Spearman's correlation of the norm of V with depth", (found) =>
    numbersOf(found['value-crescendo']!, 'v-norm'),
  ),
  overDepth('v-over-q-grows', 2, "Spearman's correlation of V/Q with depth", (found) =>
    numbersOf(found['value-crescendo']!, 'v-over-q'),
  ),
  counted(
    'v-monotone',
    2,
    'steps in depth at which V grows',
    (found) => {
      const norms = numbersOf(found['value-crescendo']!, 'v-norm');
      return norms.slice(1).map((norm, step) => norm > norms[step]!);
    },
    'all',
  ),
  beyond(
    'kernel-low-rank',
    3,
    'layers with the rank of Q K^T below that of the same spectra turned',
    compared(kernel('Q K^T'), belowNull('effective-rank')),
    'all',
  ),
  beyond(
    'form-low-rank',
    3,
    'layers with the rank of Q^T K below that of the same spectra turned',
    compared(kernel('Q^T K'), belowNull('effective-rank')),
    'all',
  ),
  withoutP(
    beyond(
      'heads-low-rank',
      3,
      'heads with the rank of Q_h^T K_h below that of the same spectra turned',
      (found) => heads(found['low-rank-heads']!, 'heads-below', headsOf(found)),
      'all',
    ),
  ),
  asReported,
  overDepth('rank-grows', 3, "Spearman's correlation of the effective rank with depth", (found) =>
    numbersOf(kernel('Q K^T')(found), 'effective-rank'),
  ),
  beyond(
    'form-more-symmetric',
    4,
    'layers with rho, on tokens and free of frequency, above that of the same spectra turned',
    compared((found) => found['form-symmetry']!, aboveNull('rho')),
    'nearly all',
  ),
  beyond(
    'weights-more-symmetric',
    4,
    'layers with rho, on the weights, above that of the same spectra turned',
    compared(form, aboveNull('rho')),
    'nearly all',
  ),
  withoutP(
    beyond(
      'heads-more-symmetric',
      4,
      'heads with rho above that of the same spectra turned',
      (found) => heads(form(found), 'heads-more-symmetric', headsOf(found)),
      'nearly all',
    ),
  ),
  counted(
    'antisymmetric-dominates',
    4,
    'layers with more than half of the energy antisymmetric',
    compared(form, (row) => at(row, 'antisymmetric-energy') > 0.5),
    'nearly all',
  ),
  beyond(
    'real-share-above',
    4,
    'layers with the real share of eigenvalues above that of the same spectra turned',
    compared(form, aboveNull('real-fraction')),
    'nearly all',
  ),
];
