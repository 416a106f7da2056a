import type { Commands } from './command.ts';
import { buildFlags, siteFlags } from './command-flags.ts';
import { explainCommands } from './commands-explain.ts';

/** Each command is loaded only when it is asked for. */
export const commands = {
  build: {
    description: 'compute everything that is not up to date, and write dist',
    example: 'build --profile quick',
    flags: siteFlags,
    json: true,
    run: async (root, values) => (await import('./build-site.ts')).buildSite(root, values),
  },
  export: {
    description:
      'build the site with a PDF, LaTeX and JATS of every paper, each read back against its results',
    example: 'export --compile',
    flags: {
      ...siteFlags,
      compile: { type: 'boolean', description: 'compile the LaTeX of each with latexmk or tectonic' },
    },
    json: true,
    run: async (root, values) => (await import('./export.ts')).exportPapers(root, values),
  },
  results: {
    description: 'compute everything that is not up to date, without pages',
    example: 'results --profile quick --json',
    flags: siteFlags,
    json: true,
    run: async (root, values) => {
      const { buildResults } = await import('./build-results.ts');
      const { tellServer } = await import('./given-paper.ts');
      return (await tellServer(root, () => buildResults(root, values))).map(({ data }) => data);
    },
  },
  status: {
    description: 'each stage: fresh, stale with the first reason, or missing',
    example: 'status --profile quick',
    flags: siteFlags,
    json: true,
    run: async (root, values) => (await import('./print-status.ts')).printStatus(root, values),
  },
  new: {
    description: 'write a new paper from a template: two folders that build at once',
    example: 'new my-paper --template minimal',
    flags: { template: { type: 'string', description: 'a folder of templates/; minimal unless given' } },
    words: 'paper',
    json: true,
    run: async (root, values, words) => (await import('./new-paper.ts')).newPaper(root, values, words),
  },
  train: {
    description: 'make published runs, or go on with them, and publish them',
    example: 'train fit.seed-1',
    flags: {
      ...buildFlags,
      again: { type: 'boolean', description: 'make a run anew although it is up to date' },
    },
    words: 'run',
    json: true,
    run: async (root, values, words) => (await import('./train.ts')).train(root, values, words),
  },
  attest: {
    description: 'replay the witness of published runs, and give them the key of today',
    example: 'attest fit.seed-1',
    flags: buildFlags,
    words: 'run',
    json: true,
    run: async (root, values, words) => (await import('./attest.ts')).attest(root, values, words),
  },
  audit: {
    description: 'replay the witnesses of published runs, and compare',
    example: 'audit --without-inputs',
    flags: {
      ...buildFlags,
      part: { type: 'string', description: 'one part of each witness, by its id' },
      'without-inputs': {
        type: 'boolean',
        description: 'only the parts that run without what feeds their stage',
      },
    },
    words: 'run',
    json: true,
    run: async (root, values, words) => (await import('./audit.ts')).audit(root, values, words),
  },
  accept: {
    description: 'record the verdicts of claims as they are now, so that later builds are held to them',
    example: 'accept sizes-grow',
    flags: {
      ...buildFlags,
      all: {
        type: 'boolean',
        description: 'every claim, instead of those that are named',
        insteadOfWords: true,
      },
      values: {
        type: 'boolean',
        description: 'what the built pages display, instead of claims',
        insteadOfWords: true,
      },
    },
    words: 'claim',
    json: true,
    run: async (root, { all, values: displayed, ...values }, ids) =>
      displayed === undefined
        ? (await import('./accept-verdicts.ts')).acceptVerdicts(root, values, all === undefined ? ids : 'all')
        : (await import('./diff.ts')).acceptValues(root, values),
  },
  ...explainCommands,
  dev: {
    description: 'serve the pages, and follow every edit',
    example: 'dev --profile quick',
    flags: siteFlags,
    run: async (root, values) => (await import('./develop.ts')).develop(root, values),
  },
  preview: {
    description: 'serve dist',
    example: 'preview --port 4322',
    flags: { port: { type: 'string', description: '4321 unless given' } },
    run: async (root, { port }) => (await import('./preview.ts')).preview(root, port),
  },
} as const satisfies Commands;
