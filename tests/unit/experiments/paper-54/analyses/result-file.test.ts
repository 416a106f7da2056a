import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  fixed,
  numberColumn,
  writeResults,
} from '../../../../../experiments/paper-54/analyses/result-file.ts';
import { errorText } from '../../../../error-text.ts';

test('a number that is not finite never leaves a stage', () => {
  const path = '/nowhere/norms.json';
  const columns = [numberColumn('size', 'size', fixed(2))];
  expect(
    errorText(() =>
      writeResults(path, {
        results: [
          {
            kind: 'table',
            id: 'norms',
            run: null,
            columns,
            rows: [{ size: 1 }, { size: Number.NaN }],
            nullModel: null,
          },
        ],
      }),
    ),
  ).toBe(
    [
      "ResultNotFinite: 'norms' has no finite number in column 'size' of row 1.",
      '  received NaN',
      '  hint: look at the matrices that this row is computed from: one of them is degenerate.',
    ].join('\n'),
  );
  expect(existsSync(path)).toBe(false);
});
