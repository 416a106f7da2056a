import type { Commands } from './command.ts';
import { buildFlags, siteFlags } from './command-flags.ts';

/** Commands that explain and check, beside those that make. */
export const explainCommands = {
  check: {
    description:
      'what a build would refuse, in seconds: types, lint, and every mistake in the text; computes nothing',
    example: 'check --paper tidal-waves',
    flags: siteFlags,
    json: true,
    run: async (root, values) => (await import('./check.ts')).check(root, values),
  },
  why: {
    description: 'the chain from a printed value, or a stage, to source lines',
    example: 'why sizes.width.mean',
    flags: siteFlags,
    words: 'value or stage',
    json: true,
    run: async (root, values, words) => (await import('./why.ts')).why(root, values, words),
  },
  diff: {
    description: 'which displayed values changed, in which sentence, table and figure',
    example: 'diff --against main --markdown',
    flags: {
      ...buildFlags,
      against: { type: 'string', description: 'the revision to compare with' },
      markdown: { type: 'boolean', description: 'as a pull request shows it' },
    },
    json: true,
    run: async (root, values) => (await import('./diff.ts')).diff(root, values),
  },
  path: {
    description: "where a stage's outputs lie",
    example: 'path counts',
    flags: siteFlags,
    words: 'stage',
    json: true,
    run: async (root, values, words) => (await import('./path.ts')).path(root, values, words),
  },
  verify: {
    description: 'run stages twice under other conditions, and compare',
    example: 'verify counts',
    flags: siteFlags,
    words: 'stage',
    json: true,
    run: async (root, values, words) => (await import('./verify.ts')).verify(root, values, words),
  },
  gc: {
    description:
      'remove from the store what no profile of any paper needs today, on either backend, and nobody used for some time',
    example: 'gc --days 0',
    flags: {
      days: {
        type: 'string',
        description: 'how long a run that nothing needs today is kept after its last use; 14 unless given',
      },
    },
    json: true,
    run: async (root, values) => (await import('./gc.ts')).gc(root, values),
  },
} as const satisfies Commands;
