/** Another paper is two folders and nothing else: what serves every paper holds no word of any one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/**
 * What serves every paper; the lockfile is written by npm, and names the packages of all. Other tests have words of their
 * own papers, which may be anyone's.
 */
const places = [
  'src',
  'scripts',
  'templates',
  '.ci',
  '.github',
  'tests/e2e',
  'tests/bench',
  'package.json',
  'astro.config.mjs',
  'biome.json',
  'tsconfig.json',
  'vitest.config.ts',
  'playwright.config.ts',
];

/** Words of Paper 54's subject, which no result's id tells. */
const wordsOfPaper54 = [
  /paper[ -]54/i,
  /brown/i,
  /photonic/i,
  /crystalli[sz]/i,
  /twinning/i,
  /crescendo/i,
  /co-?occurrence/i,
  /\bct[-+ ]sft\b/i,
  // But a version of a format is no run.
  /(?<!jtex: )\bv1\b/i,
  /\btokenizers?\b/i,
  /\bcorpus\b/i,
  /\bcorpora\b/i,
  /\bladder\b/i,
  /\bminiature\b/i,
];

/** The name by which examples call a paper: someone may begin one of it. */
const example = 'my-paper';

/** Names of several words: one word alone may be anyone's. */
const papers = readdirSync(join(root, 'content')).filter(
  (name) => name.includes('-') && name !== example && statSync(join(root, 'content', name)).isDirectory(),
);

/** Of tables and values, those of several words: one word alone may be anyone's. */
const resultIds = async (paper: string): Promise<readonly string[]> => {
  const file = join(root, 'content', paper, 'tables.ts');
  if (!existsSync(file)) return [];
  const { tables = {}, values = {} } = (await import(pathToFileURL(file).href)) as {
    readonly tables?: object;
    readonly values?: object;
  };
  return [...Object.keys(tables), ...Object.keys(values)].filter((id) => id.includes('-'));
};

const escaped = (id: string): string => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const whole = (id: string): RegExp => new RegExp(`(?<![a-z0-9-])${escaped(id)}(?![a-z0-9-])`);

const filesBelow = (place: string): readonly string[] => {
  const path = join(root, place);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [place];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    ['node_modules', '.venv'].includes(entry.name) ? [] : filesBelow(join(place, entry.name)),
  );
};

/** What is no text, such as a picture, has no words, whatever its bytes spell. */
const linesOf = (file: string): readonly string[] => {
  const content = readFileSync(join(root, file));
  return content.includes(0) ? [] : content.toString('utf8').split('\n');
};

/** `file:line: what was found`, of file names too. */
const findings = (words: readonly RegExp[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const file of places.flatMap(filesBelow)) {
    for (const [at, line] of [file, ...linesOf(file)].entries()) {
      const word = words.map((candidate) => candidate.exec(line)?.[0]).find((match) => match !== undefined);
      if (word !== undefined) found.set(file, [...(found.get(file) ?? []), `${file}:${at}: ${word}`]);
    }
  }
  return found;
};

test('no tool, template or configuration holds a word of any paper', async () => {
  const ids = [...papers, ...(await Promise.all(papers.map(resultIds))).flat()];
  const found = findings([...ids.map(whole), ...wordsOfPaper54]);
  expect([...found.values()].flat()).toEqual([]);
});

test('no test of the tool imports from a paper', () => {
  const importing = filesBelow('tests').filter(
    (file) =>
      file.endsWith('.ts') &&
      papers.some((paper) => readFileSync(join(root, file), 'utf8').includes(`/experiments/${paper}/`)),
  );
  expect(importing).toEqual([]);
});

test('a word is found where it stands whole, and in none that holds it', () => {
  expect(whole('band-energy').test("from: 'band-energy',")).toBe(true);
  expect(whole('band-energy').test('a.band-energy.mean')).toBe(true);
  expect(whole('band-energy').test('wide-band-energy')).toBe(false);
  expect(whole('band-energy').test('band-energy-mean')).toBe(false);
});
