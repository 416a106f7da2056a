import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkNotMade } from '../../checks/check-not-made.ts';

it('says why the check was not made, and counts nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    const result = join(folder, 'result.json');
    const params = { reason: 'this machine has no Python', table: 'independent-check' };
    await checkNotMade.run({ params, inputs: {}, outputs: { result }, scratch: folder, report: () => {} });
    expect(JSON.parse(readFileSync(result, 'utf8')).results[0].rows).toEqual([
      {
        table: 'not made: this machine has no Python',
        cells: null,
        tolerance: null,
        measure: null,
        largest: null,
      },
      { table: 'all', cells: 0, tolerance: null, measure: null, largest: null },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
