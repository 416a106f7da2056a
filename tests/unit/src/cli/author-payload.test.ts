import { expect, test } from 'vitest';
import { authorPayload } from '../../../../src/cli/author-payload.ts';

const of = (...lines: readonly string[]) => ({
  type: 'error',
  err: { message: 'm', stack: ['MDXError: TypedDigit: a number.', ...lines].join('\n') },
});

test('of a stack an author is shown the places in the project alone', () => {
  const foreign = [
    '    at Context.handler (file:///project/node_modules/vite-plugin.js:64:17)',
    '    at async process (node:internal/process/task_queues:105:5)',
  ];
  expect(authorPayload(of(...foreign)).err.stack).toBe('');
  const own = '    at note (/project/content/tiny/Note.astro:3:1)';
  expect(authorPayload(of(own, ...foreign)).err.stack).toBe(`MDXError: TypedDigit: a number.\n${own}`);
});

test('what is no error is sent as it is', () => {
  const update = { type: 'update', updates: [] };
  expect(authorPayload(update)).toBe(update);
  expect(authorPayload('paper:progress')).toBe('paper:progress');
});
