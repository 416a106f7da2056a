/** A sentence that prints a value. */
export interface ValueUse {
  /** As the sentence names it: `asymmetry.ratio.mean`. */
  readonly of: string;
  /** As it is printed, formulas as TeX between dollar signs. */
  readonly text: string;
  /** The anchor on its page. */
  readonly at: string;
}

/** How much of a page's prose (paragraphs, lists and captions) results decide. */
export interface BoundShare {
  /** Numbers that a result gave. */
  readonly computed: number;
  /** Numbers of the original, taken by name from what it reports. */
  readonly quoted: number;
  /** Numbers in names that the paper allows, such as a model's. */
  readonly named: number;
  /** Sentences that are a claim, or have one in them. */
  readonly claimed: number;
  /** Others that print a value, or a word that a verdict chooses. */
  readonly printing: number;
  readonly sentences: number;
}

/** That of one page. */
export interface PageBound {
  readonly title: string;
  readonly bound: BoundShare;
}

export const totalBound = (shares: readonly BoundShare[]): BoundShare => {
  const total = (count: keyof BoundShare): number => shares.reduce((sum, share) => sum + share[count], 0);
  return {
    computed: total('computed'),
    quoted: total('quoted'),
    named: total('named'),
    claimed: total('claimed'),
    printing: total('printing'),
    sentences: total('sentences'),
  };
};

/** A value without the part that tells of its replicates: `a.b.c.seeds.mean` and `a.b.c.seed-2` are of `a.b.c`. */
export const withoutReplicate = (id: string): string => id.replace(/\.(?:seeds\.[a-z-]+|seed-\d+)$/, '');
