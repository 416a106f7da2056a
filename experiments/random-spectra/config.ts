/** Sizes and seeds of each profile. */
export interface Config {
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  /** Of the matrices whose entries follow other laws. */
  readonly entrySize: number;
  /** Rows of rectangles, and their common width. */
  readonly rows: readonly number[];
  readonly width: number;
}

const seedsTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);

export const profiles = ['whole', 'quick'] as const;

export const configs: Readonly<Record<(typeof profiles)[number], Config>> = {
  whole: {
    sizes: [16, 32, 64, 128, 256],
    seeds: seedsTo(20),
    entrySize: 128,
    rows: [16, 32, 64, 128, 256],
    width: 256,
  },
  quick: { sizes: [16, 32, 64], seeds: seedsTo(6), entrySize: 64, rows: [8, 16, 32, 64], width: 64 },
};
