/** What the lead figure shows, a row a quantity, with what it reads of claims and controls. */

/** What a claim's verdict reads as at the end of a row. */
interface Word {
  readonly claim: string;
  readonly holds: string;
  readonly fails: string;
  readonly undecided: string;
}

export interface LeadQuantity {
  /** As the table has it. */
  readonly quantity: string;
  readonly label: string;
  readonly unit?: string;
  /** Linear from zero unless given: there most of what is asked would be if there were nothing. */
  readonly scale?: object;
  readonly axis: object;
  readonly words: readonly Word[];
  /** What nothing is known of. */
  readonly lacks?: 'chance' | 'reported';
  /** What the measure gives where there is something to find: the mean of a column. */
  readonly control?: { readonly data: string; readonly field: string };
}

const log = { type: 'log', nice: false };

export const leadQuantities: readonly LeadQuantity[] = [
  {
    quantity: 'counts in attention',
    label: 'counts in attention',
    unit: 'cosine',
    axis: { values: [0, 0.5, 1] },
    lacks: 'reported',
    control: { data: 'planted-training', field: 'start' },
    words: [
      {
        claim: 'counts-leave-a-trace',
        holds: 'a trace, beyond chance',
        fails: 'no trace of all three',
        undecided: 'a trace is open',
      },
      {
        claim: 'trace-is-small',
        holds: 'but a small one',
        fails: 'maybe no small one',
        undecided: 'its size is open',
      },
    ],
  },
  {
    quantity: 'Q in leading band',
    label: 'Q in the leading band',
    unit: 'share',
    axis: { values: [0, 0.2, 0.4] },
    words: [
      {
        claim: 'bands-are-uniform',
        holds: 'bands are even',
        fails: 'bands are not even',
        undecided: 'bands are open',
      },
    ],
  },
  {
    quantity: 'Q and K apart',
    label: 'spectra of Q and K apart',
    unit: 'nats',
    scale: log,
    axis: { values: [0.0001, 0.001], format: '~g' },
    words: [
      {
        claim: 'qk-nearer-than-v',
        holds: 'nearer than Q and V',
        fails: 'no nearer than Q and V',
        undecided: 'Q and V: open',
      },
      {
        claim: 'qk-spectra-differ',
        holds: 'not as near as chance',
        fails: 'as near as chance',
        undecided: 'against chance: open',
      },
    ],
  },
  {
    quantity: 'V apart from random',
    label: 'spectrum of V from random',
    unit: 'nats',
    scale: log,
    axis: { values: [0.0001, 0.01], format: '~g' },
    words: [
      {
        claim: 'v-spectrum-is-random',
        holds: 'V is random',
        fails: 'V is not random',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'V/Q grows with depth',
    label: 'V over Q, last to first layer',
    scale: { zero: false },
    axis: { values: [1, 1.5, 2] },
    words: [
      {
        claim: 'v-grows-with-depth',
        holds: 'the norm of V rises',
        fails: 'its norm does not rise',
        undecided: 'a rise is open',
      },
      {
        claim: 'v-grows-monotonely',
        holds: 'and at each step',
        fails: 'not at each step',
        undecided: 'at each step: open',
      },
    ],
  },
  {
    quantity: 'rank of QKᵀ',
    label: 'rank of the product QK',
    axis: { values: [0, 20, 40] },
    words: [
      {
        claim: 'kernel-is-low-rank',
        holds: 'low, beyond its spectra',
        fails: 'no lower than its spectra',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'form symmetric',
    label: 'symmetry of forms',
    unit: 'ρ',
    axis: { values: [0, 0.1, 0.2, 0.3] },
    lacks: 'reported',
    words: [
      {
        claim: 'form-is-more-symmetric-than-chance',
        holds: 'more than chance gives',
        fails: 'no more than chance',
        undecided: 'open',
      },
      {
        claim: 'antisymmetric-part-dominates',
        holds: 'antisymmetry leads',
        fails: 'antisymmetry does not lead',
        undecided: 'which part leads is open',
      },
    ],
  },
  {
    quantity: 'two runs alike',
    label: 'two runs alike',
    unit: 'r',
    axis: { values: [0, 0.1, 0.2, 0.3] },
    control: { data: 'non-uniqueness', field: 'init-corr-q' },
    words: [
      {
        claim: 'solutions-are-uncorrelated',
        holds: 'below a hundredth',
        fails: 'above a hundredth',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'perplexity gap',
    label: 'CT+SFT above V1',
    unit: 'perplexity',
    axis: { values: [0, 0.1, 0.2, 0.3], format: '%' },
    lacks: 'chance',
    words: [
      {
        claim: 'ct-sft-ends-behind-v1',
        holds: 'it ends behind V1',
        fails: 'it ends ahead of V1',
        undecided: 'level with V1',
      },
    ],
  },
];
