import { expect, test } from 'vitest';
import { factMark, fillFacts } from '../../../../src/site/file-facts.ts';

test('a mark is filled with its fact, of the file that it names, and other braces stay', () => {
  const html = `{{x}} ${factMark('sha256', 'a/b.json')} ${factMark('size', 'small.csv')} ${factMark('size', 'a/b.json')} ${factMark('bytes', 'small.csv')}`;
  const filled = fillFacts(html, (path) => ({
    sizeBytes: path === 'small.csv' ? 1234 : 20_345_678,
    sha256: `digest of ${path}`,
  }));
  expect(filled).toBe('{{x}} digest of a/b.json 2\u00a0kB 20.3\u00a0MB 1234');
});
