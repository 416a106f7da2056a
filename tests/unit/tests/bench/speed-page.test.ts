/** The page of what it costs says what was recorded, and nothing else. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allBenches } from '../../../bench/all-benches.ts';
import { type BenchRecord, readRecords, withRows } from '../../../bench/bench-records.ts';
import { speedPage } from '../../../bench/speed-page.ts';

const machine = { processor: 'A processor', instructionSets: ['avx2'], cores: 2, memoryBytes: 8 };
const row = { id: 'keys', value: 127.8, unit: 'ms', peer: 'promised', peerValue: 100, ratio: 1.278, runs: 5 };
const load = () => Promise.reject(new Error('nothing is measured'));
const benches = {
  planning: { title: 'Planning', load },
  crash: { title: 'Crashes', load, figure: 'crash.svg' },
};

test('the page is the one that the records make', async () => {
  expect(readFileSync('docs/speed.md', 'utf8')).toBe(
    speedPage(readRecords(), await allBenches(process.cwd())),
  );
});

test('a row says what was measured, beside what, on which machine and when', () => {
  const records = withRows([], machine, 'planning', '2026-11-28', [
    { ...row, quartiles: [1.1, 1.3], note: 'a|b' },
  ]);
  const page = speedPage(records, benches);
  expect(page).toContain('On A processor, avx2, 2 cores:');
  expect(page).toContain(
    '| `keys`: a\\|b | 128 ms | promised | 100 ms | 1.28 (1.10 to 1.30), 5 runs | **no** | 2026-11-28 |',
  );
  expect(page).toContain('## Crashes\n\nNot recorded yet: `npm run bench -- crash`.');
  expect(page).not.toContain('crash.svg');
});

test('a machine keeps one set of rows a part, whatever memory it was given', () => {
  const once = withRows([], machine, 'planning', '2026-11-27', [row, { ...row, id: 'gone' }]);
  const crash = withRows(once, machine, 'crash', '2026-11-27', [{ ...row, id: 'ends' }]);
  const again = withRows(crash, { ...machine, memoryBytes: 9 }, 'planning', '2026-11-28', [row]);
  expect(again.map(({ rows }) => rows.map(({ id, date }) => `${id} ${date}`))).toEqual([
    ['ends 2026-11-27', 'keys 2026-11-28'],
  ]);
  const other = withRows(again, { ...machine, cores: 4 }, 'planning', '2026-11-28', [row]);
  expect(other).toHaveLength(2);
});

test('what was carried over without figures is told as it is', () => {
  const record: BenchRecord = {
    machine,
    rows: [{ id: 'old', part: 'planning', date: '2026-11-25', note: 'ratio 0.7' }],
  };
  expect(speedPage([record], benches)).toContain('| `old`: ratio 0.7 | – | – | – | – | – | 2026-11-25 |');
});
