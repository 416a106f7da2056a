import type { Flag } from './command.ts';

export const buildFlags = {
  profile: {
    type: 'string',
    description: "which of the paper's profiles to build; its default one unless given",
  },
  corpus: { type: 'string', description: 'a UTF-8 text to use in place of the Brown corpus' },
  sha256: { type: 'string', description: 'the digest of that text' },
} as const satisfies Record<string, Flag>;

/** What computes is a choice of builds alone: published runs are always made by the native backend. */
export const siteFlags = {
  ...buildFlags,
  backend: {
    type: 'string',
    description:
      'native (TensorFlow) unless given; js computes analyses without a native library, and trains nothing',
  },
} as const satisfies Record<string, Flag>;

/** Published runs by name (`train-v1` is all its seeds), or by run and seed; all of the profile unless given. */
export const runFlags = {
  ...buildFlags,
  run: { type: 'string', description: 'the run, for example v1' },
  seed: { type: 'string', description: 'the seed, for example 2' },
} as const satisfies Record<string, Flag>;
