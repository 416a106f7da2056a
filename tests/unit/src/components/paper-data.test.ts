import { expect, test } from 'vitest';
import { givePaperData, readPaperData } from '../../../../src/components/paper-data.ts';
import type { PaperData } from '../../../../src/results/paper-data.ts';
import { errorText } from '../../../error-text.ts';

const dataOf = (paper: string): PaperData => ({
  paper,
  profile: 'quick',
  backend: {},
  tables: {},
  series: {},
  values: {},
  claims: {},
  statements: [],
});

test('pages read what this process computed, and nothing else', () => {
  givePaperData([dataOf('first')]);
  expect(readPaperData('first').paper).toBe('first');
  givePaperData([dataOf('second')]);
  expect(errorText(() => readPaperData('first'))).toBe(
    [
      "NotComputed: this build computed nothing for 'first'.",
      '  expected one of second',
      '  hint: pages print what their own build computed: use `npm run build` or `npm run dev`, not Astro alone.',
    ].join('\n'),
  );
});
