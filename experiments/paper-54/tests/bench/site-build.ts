/**
 * Times the build as a new user meets it, in a bare clone: from published runs to `dist`, the same again and after
 * one changed sentence; and from raw text. Each row stands beside the figure that the project promises for two
 * cores. Caches of the package clients are those of the machine.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Bench } from '../../../../tests/bench/bench-row.ts';

const promises = {
  'build-after-set-up': { promised: 90, unit: 's' },
  'unchanged-rebuild': { promised: 12, unit: 's' },
  'unchanged-rebuild-stages': { promised: 0, unit: 'stages' },
  'prose-change-stages': { promised: 0, unit: 'stages' },
  'page-javascript': { promised: 30_000, unit: 'bytes' },
  'clone-to-dist-from-raw-text': { promised: 360, unit: 's' },
  'training-from-raw-text': { promised: 180, unit: 's' },
  'analyses-from-raw-text': { promised: 40, unit: 's' },
} as const;

interface Provenance {
  readonly stages: Readonly<Record<string, { readonly definition: string; readonly durationMs: number }>>;
}

/** One build: how long it took, and how many stages ran. */
const build = async (folder: string, ...flags: readonly string[]) => {
  const startMs = performance.now();
  const { stdout } = await execa('npm', ['run', 'build', '--', ...flags], {
    cwd: folder,
    // A store of the clone's own, as a new user has.
    env: { PAPER_STORE: join(folder, '.paper', 'store') },
    stdout: ['pipe', 'inherit'],
  });
  const ran = /(\d+) of \d+ stages run/.exec(stdout)?.[1];
  if (ran === undefined) throw new Error('the build did not say how many stages ran');
  return { seconds: (performance.now() - startMs) / 1000, stages: Number(ran) };
};

const sizeOfScripts = (folder: string): number =>
  readdirSync(join(folder, 'dist', '_astro'))
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + readFileSync(join(folder, 'dist', '_astro', name)).length, 0);

/** One sentence of prose changed, as an author would. */
const changeSentence = (folder: string): void => {
  const page = join(folder, 'content', 'paper-54', 'index.mdx');
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, text.replace('## Method\n', '## Method\n\nThis sentence is new.\n'));
};

const measure = async (folder: string): Promise<Record<keyof typeof promises, number>> => {
  const startMs = performance.now();
  await execa('git', ['clone', '--quiet', process.cwd(), folder]);
  await execa(process.execPath, [join(folder, 'scripts', 'setup.mjs')], { cwd: folder });
  const setUpSeconds = (performance.now() - startMs) / 1000;
  const first = await build(folder);
  const again = await build(folder);
  changeSentence(folder);
  const prose = await build(folder);
  const scripts = sizeOfScripts(folder);
  const fromText = await build(folder, '--profile', 'quick');
  const { stages } = JSON.parse(
    readFileSync(join(folder, 'dist/paper-54/provenance.json'), 'utf8'),
  ) as Provenance;
  const seconds = (belongs: (definition: string) => boolean): number =>
    Object.values(stages).reduce(
      (sum, { definition, durationMs }) => sum + (belongs(definition) ? durationMs / 1000 : 0),
      0,
    );
  return {
    'build-after-set-up': first.seconds,
    'unchanged-rebuild': again.seconds,
    'unchanged-rebuild-stages': again.stages,
    'prose-change-stages': prose.stages,
    'page-javascript': scripts,
    'clone-to-dist-from-raw-text': setUpSeconds + fromText.seconds,
    'training-from-raw-text': seconds((definition) => definition.includes('/training/train-run.ts#')),
    // Corpus views are made for the analyses alone, so they count among them.
    'analyses-from-raw-text': seconds((definition) =>
      /\/(analyses\/|cooccurrence\/corpus-views)/.test(definition),
    ),
  };
};

export const siteBuildBench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const measured = await measure(join(folder, 'clone'));
    return Object.entries(promises).map(([id, { promised, unit }]) => {
      const value = measured[id as keyof typeof promises];
      return {
        id,
        value,
        unit,
        peer: 'promised',
        peerValue: promised,
        ratio: promised === 0 ? null : value / promised,
        runs: 1,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
