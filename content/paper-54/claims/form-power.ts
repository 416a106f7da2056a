/** What the conjecture names, and how often T6 finds each of it where it was planted. */
import type { ResultReader } from 'reproducible-paper/claims';

/** What the conjecture names, as views of the corpus on tokens. */
export const words = {
  'k-2': 'neighbours',
  'k-2-t': 'neighbours in reverse',
  'k-3-skip': 'pairs two apart',
} as const;
export const conjectured = ['k-2', 'k-2-t', 'k-3-skip'] as const;
export const statistics = ['mean', 'rms'] as const;
/** A null. */
export const permutedLabels = 'labels of tokens permuted among equally frequent ones';
export const wordsOf = { mean: 'mean', rms: 'root mean square' } as const;

const formWords = { qk: 'comparing', ov: 'copying' } as const;
/** Tests that name no planting are of what was planted first. */
const planted = { 'k-2': 'k2', 'k-2-t': 'k2-t', 'k-3-skip': 'k3-skip' } as const;

/** Of T6 over heads, free of frequency, by the trials that had the view itself in the form itself. */
export const powerOf = (
  { cell }: ResultReader,
  form: keyof typeof formWords,
  view: (typeof conjectured)[number],
  statistic: (typeof statistics)[number],
  alpha: string,
): number => {
  const of = form === 'qk' && view === 'k-2' ? '' : `${form}-${planted[view]}-`;
  return cell('power', `t6-free-${of}${statistic}-alpha-${alpha.replace('.', '-')}`, 'power');
};

/** Of each conjectured view the least: a claim about all of them sees no more. */
export const powerOfForms =
  (alpha: string, form: keyof typeof formWords = 'qk') =>
  (results: ResultReader) => ({
    power: Math.min(...conjectured.map((view) => powerOf(results, form, view, 'rms', alpha))),
    of: `each of the three views by itself planted at a strength of ${alpha} in the ${formWords[form]} form of every layer of one run like V1, by the root mean square over heads, against rotations, uncorrected: the least of three`,
  });
