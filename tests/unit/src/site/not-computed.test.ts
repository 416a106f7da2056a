import { expect, test } from 'vitest';
import { formatError } from '../../../../src/engine/stage/index.ts';
import { notComputed } from '../../../../src/site/not-computed.ts';

const hint =
  '  hint: pages print what their own build computed: use `npm run build` or `npm run dev`, not Astro alone.';

test('a build without papers, and a page of a paper that the build has not computed, are told in the same words', () => {
  expect(formatError(notComputed([]))).toBe(
    [
      'NotComputed: this build computed no paper.',
      '  expected what its own process computed; received nothing',
      hint,
    ].join('\n'),
  );
  expect(formatError(notComputed(['first', 'second'], 'third'))).toBe(
    [
      "NotComputed: this build computed nothing for 'third'.",
      '  expected what its own process computed; received first, second',
      hint,
    ].join('\n'),
  );
});
