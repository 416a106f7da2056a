import type { Flag } from './command.ts';

/** Of commands that are about papers; the papers' own options stand beside them. */
export const buildFlags = {
  paper: { type: 'string', description: 'the papers, separated by commas; all unless given' },
  profile: {
    type: 'string',
    description:
      'a profile of the papers that have one of this name, or of one paper: <paper>=<profile>; the default ones unless given',
  },
  'from-zero': {
    type: 'boolean',
    description: 'the profile of each paper that computes everything and needs nothing published',
  },
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
