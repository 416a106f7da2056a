/** What the models read, their size and their losses. */
import { count, fixed, type Tables } from 'reproducible-paper/results';

/** Losses of another corpus and tokenizer. */
const ofAnotherText = 'reported, not comparable';

export const trainingTables = {
  corpus: {
    title: 'The parts of the corpus',
    whose: 'ours',
    columns: {
      part: {},
      documents: { format: count },
      characters: { format: count },
      tokens: { format: count },
      'distinct-tokens': { label: 'distinct tokens', format: count },
      'characters-per-token': { label: 'characters a token', format: fixed(2) },
    },
  },
  model: {
    title: 'Size of the model',
    whose: 'theirs',
    columns: {
      quantity: {},
      here: { label: 'this build', format: count },
      'paper-size': { label: "at the paper's size", format: count },
    },
  },
  'crystallization-ablations': {
    title: 'Ablations of the crystallized embedding',
    whose: 'ours',
    columns: {
      variant: {
        words: {
          'as-built': 'as built',
          'kernel-off': 'without the kernel',
          'unigram-alone': 'token frequencies alone',
          'kappa-5': 'κ = 5',
          'kappa-80': 'κ = 80',
        },
      },
      kappa: { label: '$\\kappa$', format: fixed(0) },
      s: { label: '$s$', format: fixed(2) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
  'training-ladder': {
    title: 'Losses of all models',
    whose: 'theirs',
    columns: {
      method: { words: { 'random-init': 'random init', 'ct-sft': 'CT+SFT', v1: 'V1' } },
      loss: {
        label: 'loss, held out',
        format: fixed(2),
        definition: 'mean negative log-likelihood of the next token, in nats',
        whose: 'theirs',
        reported: ofAnotherText,
      },
      perplexity: {
        format: fixed(1),
        definition: 'exponential of the loss',
        whose: 'theirs',
        reported: ofAnotherText,
      },
      'train-loss': { label: 'loss, training text', format: fixed(2), reported: ofAnotherText },
      'best-step': { label: 'weights of step', format: count },
      'last-loss': { label: 'loss after the last step', format: fixed(2) },
      'last-step': { label: 'last step', format: count },
    },
  },
  'learning-rate-grid': {
    title: 'Loss by learning rate',
    whose: 'ours',
    columns: {
      rate: { label: 'learning rate', format: fixed(4) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
} satisfies Tables;
