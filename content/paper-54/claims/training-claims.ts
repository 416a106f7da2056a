/** Losses: what crystallization brings, untrained and trained. */
import { above, below, type Claims, onAverage, type ResultReader } from 'reproducible-paper/claims';

/** Losses of two seeds of a small model differ by about this many nats: stated where there is one seed alone. */
const lossNoise = 0.02;

/** Seed by seed, since seeds of both see the same data in the same order. */
const lossBelow = (better: string, worse: string, predicate: string) => ({
  assess: onAverage(({ cell }: ResultReader) =>
    below(cell('training-ladder', better, 'loss'), cell('training-ladder', worse, 'loss'), {
      predicate,
      of: better,
      per: 1,
      unit: 'nats',
      seedNoise: lossNoise,
    }),
  ),
});

export const trainingClaims: Claims = {
  'v1-beats-unigram': lossBelow(
    'v1',
    'unigram',
    'V1 predicts held-out text better than token frequencies do',
  ),
  'bigram-beats-v1': lossBelow(
    'bigram',
    'v1',
    'an interpolated bigram predicts held-out text better than V1 does',
  ),
  'bigram-beats-ct-sft': lossBelow(
    'bigram',
    'ct-sft',
    'an interpolated bigram predicts held-out text better than CT+SFT does',
  ),
  'ct-init-beats-random': {
    original: 'holds',
    ...lossBelow('ct-init', 'random-init', 'untrained, ct-init predicts better than a random init'),
  },
  'ct-init-beats-unigram': lossBelow(
    'ct-init',
    'unigram',
    'untrained, ct-init predicts better than token frequencies do',
  ),
  'unigram-beats-literal-formula': {
    noSeeds: 'the formula was taken with kernels of one run',
    assess: ({ cell, column }) =>
      below(cell('training-ladder', 'unigram', 'loss'), column('literal-ablations', 'loss').min, {
        predicate:
          'token frequencies predict better than the formula taken literally, with any kernel that the series gives it',
        of: 'unigram',
        per: 1,
        unit: 'nats',
        noise: lossNoise,
      }),
  },
  'ct-sft-ends-behind-v1': {
    original: 'holds',
    ...lossBelow('v1', 'ct-sft', 'V1 ends at a lower held-out loss than CT+SFT'),
    reported: ['gap', 'same-loss'],
    readings: {
      'at the last step that both took': onAverage(({ value }) =>
        above(value('equal-step-gap'), 0, {
          predicate: 'at the last step that both took V1 has the lower perplexity on held-out text',
          per: 0.01,
          unit: 'hundredths of the perplexity',
          seedNoise: lossNoise * 100,
        }),
      ),
    },
  },
  'unigram-explains-ct-init': {
    assess: onAverage(({ cell }) => {
      const loss = (method: string) => cell('training-ladder', method, 'loss');
      const gain = loss('random-init') - loss('ct-init');
      return above((loss('random-init') - loss('unigram')) / gain, 0.9, {
        predicate:
          'token frequencies alone give at least nine tenths of the gain of ct-init over a random init',
        per: 1,
        unit: 'of the gain',
        seedNoise: lossNoise / gain,
      });
    }),
  },
  'kernel-costs': {
    noSeeds: 'one untrained model was taken apart',
    assess: ({ cell }) => {
      const loss = (variant: string) => cell('crystallization-ablations', variant, 'loss');
      return below(loss('kernel-off'), loss('as-built'), {
        predicate: 'the head predicts better without the Moebius kernel than with it',
        per: 1,
        unit: 'nats',
        seedNoise: lossNoise / 4,
      });
    },
  },
};
