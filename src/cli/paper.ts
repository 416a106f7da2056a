/** The project's command line: `npm run paper -- <command>`; build, dev and preview have scripts of their own. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArgsDef, type CommandDef, defineCommand, runMain } from 'citty';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { reportError } from './report-error.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const buildArgs = {
  profile: {
    type: 'string',
    description: "which of the paper's profiles to build; its default one unless given",
  },
  corpus: { type: 'string', description: 'a UTF-8 text to use in place of the Brown corpus' },
  sha256: { type: 'string', description: 'the digest of that text' },
} satisfies ArgsDef;

/** What computes is a choice of builds alone: published runs are always made by the native backend. */
const siteArgs = {
  ...buildArgs,
  backend: {
    type: 'string',
    description:
      'native (TensorFlow) unless given; js computes analyses without a native library, and trains nothing',
  },
} satisfies ArgsDef;

/** Published runs by name (`train-v1` is all its seeds), or by run and seed; all of the profile unless given. */
const runArgs = {
  ...buildArgs,
  run: { type: 'string', description: 'the run, for example v1' },
  seed: { type: 'string', description: 'the seed, for example 2' },
} satisfies ArgsDef;

type Values = Readonly<Record<string, string | undefined>>;

/** A command whose flags are checked and whose errors are told; `words` are what follows besides flags. */
const command = (
  description: string,
  args: ArgsDef,
  run: (values: Values, words: readonly string[]) => Promise<void>,
): CommandDef =>
  defineCommand({
    meta: { description },
    args,
    run: async ({ args: received, rawArgs }) => {
      try {
        for (const word of rawArgs) requireKnown(word, Object.keys(args));
        const values = Object.keys(args).map((name) => [name, received[name] as string | undefined] as const);
        await run(Object.fromEntries(values), received._);
      } catch (error) {
        reportError(error);
      }
    },
  }) as CommandDef;

const requireKnown = (word: string, names: readonly string[]): void => {
  if (!word.startsWith('-')) return;
  const name = word.replace(/^-+/, '').split('=')[0] ?? '';
  if (names.includes(name)) return;
  throw new PaperError('UnknownFlag', `there is no flag '${word.split('=')[0]}'.`, {
    details: [`expected ${names.map((known) => `--${known}`).join(', ') || 'no flags'}`],
    hint: nearestHint(name, names).replace(/'(.*)'/, "'--$1'"),
  });
};

const commands = {
  build: command('compute everything that is not up to date, and write dist', siteArgs, async (values) => {
    const { buildSite } = await import('./build-site.ts');
    await buildSite(root, values);
  }),
  results: command('compute everything that is not up to date, without pages', siteArgs, async (values) => {
    const { buildResults } = await import('./build-results.ts');
    await buildResults(root, values);
  }),
  status: command('each stage: fresh, stale with the first reason, or missing', siteArgs, async (values) => {
    const { printStatus } = await import('./print-status.ts');
    await printStatus(root, values);
  }),
  train: command(
    'make published runs, or go on with them, and publish them',
    { ...runArgs, again: { type: 'boolean', description: 'make a run anew although it is up to date' } },
    async (values, words) => {
      const { train } = await import('./train.ts');
      await train(root, values, words);
    },
  ),
  attest: command(
    'replay the witness of published runs, and give them the key of today',
    runArgs,
    async (values, words) => {
      const { attest } = await import('./attest.ts');
      await attest(root, values, words);
    },
  ),
  audit: command(
    'replay the witnesses of published runs, and compare',
    { ...runArgs, part: { type: 'string', description: 'one part of each witness, for example miniature' } },
    async (values, words) => {
      const { audit } = await import('./audit.ts');
      await audit(root, values, words);
    },
  ),
  accept: command(
    'record the verdicts of claims as they are now, so that later builds are held to them',
    { ...buildArgs, all: { type: 'boolean', description: 'every claim, instead of those that are named' } },
    async ({ all, ...values }, ids) => {
      const { acceptVerdicts } = await import('./accept-verdicts.ts');
      await acceptVerdicts(root, values, all ? 'all' : ids);
    },
  ),
  dev: command('serve the pages, and follow every edit', siteArgs, async (values) => {
    const { develop } = await import('./develop.ts');
    await develop(root, values);
  }),
  preview: command(
    'serve dist',
    { port: { type: 'string', description: '4321 unless given' } },
    async (values) => {
      const { preview } = await import('./preview.ts');
      await preview(root, values['port']);
    },
  ),
};

const name = process.argv[2] ?? '';
if (name in commands || name === '' || name.startsWith('-')) {
  await runMain(
    defineCommand({
      meta: { name: 'paper', description: 'Computes papers and writes their site.' },
      subCommands: commands,
    }),
  );
} else {
  reportError(
    new PaperError('UnknownCommand', `there is no command '${name}'.`, {
      details: [`expected one of ${Object.keys(commands).join(', ')}`],
      hint: nearestHint(name, Object.keys(commands)),
    }),
  );
}
