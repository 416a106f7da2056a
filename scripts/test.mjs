/**
 * Everything that must be true of the project: types, lint and format, unit, pipeline, mutation and crash tests,
 * the witnesses of what is published, a build from raw text and one from what is published with its exports read back,
 * what that one displays against what was accepted, and the browser's view of it. Each step runs even when an earlier one failed; what
 * failed is named again at the end, where a log that was cut still shows it, and the last line sums up. A step
 * whose tests cannot be counted counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', '.bin', 'node');
const reports = join(root, '.paper', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Names of results as an earlier build had them: those of today's code may be others.
rmSync(join(root, '.paper', 'types'), { recursive: true, force: true });

/**
 * @param {readonly string[]} command run by the project's own Node
 * @param {Record<string, string>} env
 */
const run = (command, env = {}) =>
  spawnSync(node, ['--disable-warning=ExperimentalWarning', ...command], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', TF_CPP_MIN_LOG_LEVEL: '2', ...env },
  }).status === 0;

/**
 * @typedef {{ passed: number, failed: number, failures: readonly string[] }} Count with the failed tests' names
 * @param {boolean} passed
 * @returns {Count}
 */
const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, failures: [] });

/**
 * @template Report
 * @param {string} file
 * @param {boolean} ended well
 * @param {(report: Report) => Count} read what vitest or Playwright reports
 * @returns {Count}
 */
const counted = (file, ended, read) => {
  try {
    const count = read(JSON.parse(readFileSync(file, 'utf8')));
    return ended || count.failed > 0 ? count : { ...count, failed: 1 };
  } catch {
    return one(false);
  }
};

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: readonly { name: string, status: string, assertionResults: readonly { status: string, fullName: string }[] }[] }} VitestReport
 * @param {VitestReport} report
 * @returns {Count}
 */
const vitestCount = ({ numPassedTests, numFailedTests, testResults }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  failures: testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      return failed.length > 0 ? failed.map(({ fullName }) => `${name}: ${fullName}`) : [name];
    }),
});

/**
 * @typedef {{ suites?: readonly Suite[], specs?: readonly { file: string, title: string, ok: boolean }[] }} Suite
 * @param {Suite} suite
 * @returns {string[]}
 */
const failedSpecs = ({ suites = [], specs = [] }) => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedSpecs),
];

/**
 * @param {Suite & { stats: { expected: number, unexpected: number, flaky: number } }} report
 * @returns {Count}
 */
const playwrightCount = (report) => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky,
  failures: failedSpecs(report),
});

/** @param {string} name of the report @param {string} folder */
const vitest = (name, folder = `tests/${name}/`) => {
  const file = join(reports, `${name}.json`);
  const ended = run([
    'node_modules/vitest/vitest.mjs',
    'run',
    folder,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted(file, ended, vitestCount);
};

const browser = () => {
  const file = join(reports, 'e2e.json');
  const ended = run(['node_modules/@playwright/test/cli.js', 'test'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  return counted(file, ended, playwrightCount);
};

/** @type {readonly [string, () => Count][]} */
const steps = [
  [
    'types',
    () => one(run(['node_modules/astro/bin/astro.mjs', 'check', '--minimumFailingSeverity', 'warning'])),
  ],
  [
    'lint and format',
    () => one(run(['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'])),
  ],
  ['unit tests', () => vitest('unit')],
  ["papers' own tests", () => vitest('papers', 'experiments/')],
  ['pipeline tests', () => vitest('pipeline')],
  ['mutations', () => vitest('mutations')],
  ['crashes and concurrency', () => vitest('crash')],
  ['witnesses of the published runs', () => one(run(['scripts/paper.mjs', 'audit', '--without-inputs']))],
  ['the site from nothing that is published', () => one(run(['scripts/paper.mjs', 'build', '--from-zero']))],
  ['the site from published weights, with its exports', () => one(run(['scripts/paper.mjs', 'export']))],
  ['what the pages display, against what was accepted', () => one(run(['scripts/paper.mjs', 'diff']))],
  ['browser tests', browser],
];

const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const failedNames = [];
for (const [name, step] of steps) {
  console.log(`\n# ${name}`);
  const startMs = performance.now();
  const { passed, failed, failures } = step();
  sum.passed += passed;
  sum.failed += failed;
  if (failed > 0) failedNames.push(`${name}: ${failed} failed`, ...failures.map((failure) => `  ${failure}`));
  console.log(
    `# ${name}: ${passed} passed, ${failed} failed, ${((performance.now() - startMs) / 1000).toFixed(0)} s`,
  );
}
process.exitCode = sum.failed > 0 ? 1 : 0;
if (failedNames.length > 0) console.log(`\n# What failed\n${failedNames.join('\n')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
