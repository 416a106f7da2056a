/**
 * Everything that must be true of the project: types, lint and format, mutation, crash, pipeline and unit tests, the
 * witnesses of what is published, a build from raw text and one from what is published with its exports read back,
 * what that one displays against what was accepted, and the browser's view of it. Each step runs even when an earlier
 * one failed; what failed is named again at the end, where a log that was cut still shows it, and the last line sums
 * up. A step whose tests cannot be counted counts as one failure.
 *
 * Most steps leave a core idle for much of their time: those that share nothing run side by side. What is built here
 * is built in one order, after all tests that look at what was built before; the browser, whose waits have an end,
 * comes when all else is done.
 *
 * Given names of papers: the tests of theirs that need no browser, alone.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', '.bin', 'node');
const reports = join(root, '.paper', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Names of results as an earlier build had them: those of today's code may be others.
rmSync(join(root, '.paper', 'types'), { recursive: true, force: true });

/** @typedef {{ passed: number, failed: number, failures: readonly string[] }} Count with the failed tests' names, and why */
/** @typedef {Readonly<Record<string, Count>>} Counts by what was counted */

/**
 * @param {readonly string[]} command run by the project's own Node
 * @param {{ readonly env?: Record<string, string>, readonly isBeside?: boolean }} [options] what runs beside another
 *   command says what it has to say at its end
 */
const run = async (command, { env = {}, isBeside = false } = {}) => {
  const output = isBeside ? 'pipe' : 'inherit';
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...command], {
    cwd: root,
    stdio: ['inherit', output, output],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(root, '.paper', 'compile-cache'),
      ASTRO_TELEMETRY_DISABLED: '1',
      TF_CPP_MIN_LOG_LEVEL: '2',
      ...env,
    },
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout?.on('data', (part) => said.push(part));
  child.stderr?.on('data', (part) => said.push(part));
  const [status] = await once(child, 'close');
  process.stdout.write(Buffer.concat(said));
  return status === 0;
};

/**
 * @param {boolean} passed
 * @returns {Count}
 */
const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, failures: [] });

/**
 * @template Report
 * @param {string} name of what is counted one by one, where a report can be read
 * @param {string} file
 * @param {boolean} ended well
 * @param {(report: Report) => Counts} read what vitest or Playwright reports
 * @returns {Counts}
 */
const counted = (name, file, ended, read) => {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')));
    return ended || Object.values(counts).some(({ failed }) => failed > 0)
      ? counts
      : { ...counts, [`the end of ${name}`]: one(false) };
  } catch {
    return { [name]: one(false) };
  }
};

/**
 * What a test says of its failure, below its name: where a log was cut, nothing else tells a failure seen once.
 *
 * @param {string} name
 * @param {string} [message] with colours, and the places it was thrown through
 */
const failure = (name, message = '') => {
  const said =
    stripVTControlCharacters(message)
      .split(/\n\s+at /)[0]
      ?.trim() ?? '';
  return [name, ...(said === '' ? [] : said.split('\n').slice(0, 24))].join('\n    ');
};

/** What tests are called by where they lie; the others are the papers' own. @type {Readonly<Record<string, string>>} */
const kinds = {
  mutations: 'mutations',
  crash: 'crashes and concurrency',
  pipeline: 'pipeline tests',
  unit: 'unit tests',
};
const kindOf = (/** @type {string} */ file) =>
  kinds[relative(join(root, 'tests'), file).split(sep)[0] ?? ''] ?? "papers' own tests";

/**
 * @typedef {{ testResults: readonly { name: string, status: string, assertionResults: readonly { status: string, fullName: string, failureMessages?: readonly string[] }[] }[] }} VitestReport
 * @param {VitestReport} report
 * @returns {Counts}
 */
const vitestCounts = ({ testResults }) => {
  /** @type {Record<string, Count>} */
  const counts = {};
  for (const { name: file, status, assertionResults } of testResults) {
    const { passed, failures } = counts[kindOf(file)] ?? { passed: 0, failures: [] };
    const names = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => failure(`${file}: ${fullName}`, failureMessages?.join('\n')));
    // A file that cannot be loaded has no tests.
    const failed = [...failures, ...(status === 'failed' && names.length === 0 ? [file] : names)];
    counts[kindOf(file)] = {
      passed: passed + assertionResults.filter((test) => test.status === 'passed').length,
      failed: failed.length,
      failures: failed,
    };
  }
  return counts;
};

/**
 * @typedef {{ file: string, title: string, ok: boolean, tests: readonly { results: readonly { error?: { message?: string } }[] }[] }} Spec
 * @typedef {{ suites?: readonly Suite[], specs?: readonly Spec[] }} Suite
 * @param {Suite} suite
 * @returns {string[]}
 */
const failedSpecs = ({ suites = [], specs = [] }) => [
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) =>
      failure(
        `${file}: ${title}`,
        tests.flatMap(({ results }) => results).find(({ error }) => error)?.error?.message,
      ),
    ),
  ...suites.flatMap(failedSpecs),
];

/**
 * @param {Suite & { stats: { expected: number, unexpected: number, flaky: number } }} report
 * @returns {Counts}
 */
const playwrightCounts = (report) => ({
  'browser tests': {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
    failures: failedSpecs(report),
  },
});

/**
 * @param {string} name
 * @param {string} report
 * @param {readonly string[]} words
 * @param {boolean} isBeside
 */
const vitest = async (name, report, words, isBeside) => {
  const file = join(reports, report);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ended = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...words], { isBeside });
  return counted(name, file, ended, vitestCounts);
};

const browser = async () => {
  const file = join(reports, 'e2e.json');
  const ended = await run(['node_modules/@playwright/test/cli.js', 'test'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return counted('browser tests', file, ended, playwrightCounts);
};

/** Types of components by Astro, which reads them; of all else by a compiler that is many times as fast. */
const types = async () => {
  const ofModules = await run(['node_modules/typescript-native/bin/tsc', '--noEmit'], { isBeside: true });
  const astro = ['node_modules/astro/bin/astro.mjs', 'check', '--minimumFailingSeverity', 'warning'];
  const ofComponents = await run([...astro, '--tsconfig', 'tsconfig.astro.json'], { isBeside: true });
  return { types: one(ofModules && ofComponents) };
};

const style = async () => {
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'];
  return { 'lint and format': one(await run(biome, { isBeside: true })) };
};

/** @param {string} name @param {readonly string[]} words */
const paper = async (name, ...words) => ({
  [name]: one(await run(['scripts/paper.mjs', ...words], { isBeside: true })),
});

/** @typedef {Readonly<Record<string, () => Promise<Counts>>>} Steps by what each is called, in their order */

/** They look at no dist, and the other half of the tests takes longer already. */
const ofMutations = 'experiments/*/tests/mutations/**';

/** Each leaves out what the other runs, so that no test is in neither; two workers and what runs beside them keep two cores busy. */
const ofPapersAlone = ['--exclude', 'tests/**', '--exclude', ofMutations, '--maxWorkers=1'];
const withoutPapers = [
  '--exclude',
  '{templates/*/experiments,experiments/*}/tests/!(mutations)/**',
  '--exclude',
  '{templates/*/experiments,experiments/*}/tests/*.ts',
];

/** @type {Steps} */
const ofProject = {
  "the project's tests without a browser": () =>
    vitest("the project's tests", 'project.json', withoutPapers, false),
};

/** @type {Steps} */
const besideThem = {
  // They read the names of results, which builds write.
  types,
  style,
  // They look at dist, which builds write.
  "papers' own tests": () => vitest("papers' own tests", 'papers.json', ofPapersAlone, true),
  witnesses: () => paper('witnesses of the published runs', 'audit', '--without-inputs'),
  'raw text': () => paper('the site from nothing that is published', 'build', '--from-zero'),
  'what is published': () => paper('the site from published weights, with its exports', 'export'),
  'what was accepted': () => paper('what the pages display, against what was accepted', 'diff'),
};

const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const failedNames = [];

/** @param {Steps} steps */
const inTurn = async (steps) => {
  for (const [step, work] of Object.entries(steps)) {
    const startMs = performance.now();
    const counts = await work();
    console.log(`\n# ${step}: ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
    for (const [name, { passed, failed, failures }] of Object.entries(counts)) {
      console.log(`# ${name}: ${passed} passed, ${failed} failed`);
      sum.passed += passed;
      sum.failed += failed;
      if (failed === 0) continue;
      failedNames.push(`${name}: ${failed} failed`, ...failures.map((failure) => `  ${failure}`));
    }
  }
};

const papers = process.argv.slice(2);
const unknown = papers.find((id) => !existsSync(join(root, 'experiments', id)));
if (unknown !== undefined) {
  console.error(`UnknownPaper: there is no paper '${unknown}' whose tests could run.`);
  console.error(`  hint: expected some of ${readdirSync(join(root, 'experiments')).sort().join(', ')}`);
  process.exit(1);
}
if (papers.length > 0) {
  const folders = papers.map((id) => `experiments/${id}/`);
  await inTurn({
    [`tests of ${papers.join(' and ')}`]: () => vitest("papers' own tests", 'papers.json', folders, false),
  });
} else {
  await Promise.all([inTurn(ofProject), inTurn(besideThem)]);
  await inTurn({ browser });
}
process.exitCode = sum.failed > 0 ? 1 : 0;
if (failedNames.length > 0) console.log(`\n# What failed\n${failedNames.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
