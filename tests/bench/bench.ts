/**
 * Measures the project against its peers and its own promises, and writes bench-results.json, what this machine
 * measured, and docs/speed.json with the page docs/speed.md, what each machine did. Rows of parts that were not asked for
 * stay as they are. `page` measures nothing, and writes the page alone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { reportError } from '../../src/cli/report-error.ts';
import { nearestHint } from '../../src/engine/stage/nearest-name.ts';
import { PaperError } from '../../src/engine/stage/paper-error.ts';
import { machineClass } from '../../src/tensor/numeric-backend.ts';
import { allBenches } from './all-benches.ts';
import { readRecords, withRows, writeRecords } from './bench-records.ts';
import { type BenchRow, isReached } from './bench-row.ts';
import { speedPage } from './speed-page.ts';

const root = process.cwd();
const benches = await allBenches(root);

const resultsFile = 'bench-results.json';

const chosen = (names: readonly string[]): readonly string[] => {
  const known = Object.keys(benches);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new PaperError('UnknownBench', `there is no bench '${name}'.`, {
      details: [`expected any of ${known.join(', ')}`],
      hint: nearestHint(name, known),
    });
  }
  return names.length > 0 ? names : known;
};

const machine: Readonly<Record<string, unknown>> = {
  ...machineClass(),
  cores: availableParallelism(),
  memoryBytes: totalmem(),
};

interface BenchResults {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly rows: readonly BenchRow[];
}

const earlierRows = (): readonly BenchRow[] => {
  if (!existsSync(resultsFile)) return [];
  const earlier = JSON.parse(readFileSync(resultsFile, 'utf8')) as BenchResults;
  return JSON.stringify(earlier.machine) === JSON.stringify(machine) ? earlier.rows : [];
};

const writeRows = (fresh: readonly BenchRow[]): void => {
  const ids = new Set(fresh.map(({ id }) => id));
  const results: BenchResults = {
    machine,
    rows: [...earlierRows().filter(({ id }) => !ids.has(id)), ...fresh],
  };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
};

const writePage = (): void => writeFileSync('docs/speed.md', speedPage(readRecords(), benches));

const print = (row: BenchRow): void => {
  const { id, value, unit, peer, peerValue, ratio, quartiles, note } = row;
  const figures = [`${value.toFixed(1)} ${unit}`, `${peer} ${peerValue.toFixed(1)}`];
  if (ratio !== null) figures.push(`ratio ${ratio.toFixed(2)}`);
  if (quartiles) figures.push(`quartiles ${quartiles.map((quartile) => quartile.toFixed(2)).join(' and ')}`);
  console.log(`${isReached(row) ? 'reached' : 'MISSED '}  ${id}: ${figures.join(', ')}`);
  if (note !== undefined) console.log(`         ${note}`);
};

try {
  const asked = process.argv.slice(2);
  console.log(`on ${machine['processor']}, ${machine['cores']} cores`);
  for (const name of asked[0] === 'page' ? [] : chosen(asked)) {
    console.log(`\n# ${name}`);
    const rows = await (await benches[name]!.load())();
    writeRows(rows);
    writeRecords(withRows(readRecords(), machine, name, new Date().toISOString().slice(0, 10), rows));
    writePage();
    rows.forEach(print);
    if (!rows.every(isReached)) process.exitCode = 1;
  }
  writePage();
} catch (error) {
  reportError(error);
}
// A server that a part has started would keep the process.
process.exit();
