import { expect, test } from 'vitest';
import { PaperError } from '../../../../../src/engine/stage/paper-error.ts';
import { overlayError } from '../../../../../src/site/markdown/faults.ts';

const error = new PaperError('UnknownValue', "there is no value 'size'.", {
  where: { file: 'content/tiny/index.mdx', line: 9, column: 17 },
  details: ['expected one of a, b'],
  hint: "did you mean 'a'?\n    or 'b'",
});

test('a dev server gets name, place and hint once each, and no stack of ours', () => {
  const shown = overlayError('/project', error);
  expect(shown.message).toBe(
    "UnknownValue: there is no value 'size'.\n  content/tiny/index.mdx:9:17\n  expected one of a, b",
  );
  expect(shown).toMatchObject({
    title: 'UnknownValue',
    hint: error.hint,
    line: 9,
    column: 17,
    loc: { file: '/project/content/tiny/index.mdx', line: 9, column: 17 },
    stack: '',
  });
});

test('whoever writes into what is shown leaves the error itself as it is', () => {
  overlayError('/project', error).name = 'MDXError';
  expect(error.name).toBe('UnknownValue');
});
