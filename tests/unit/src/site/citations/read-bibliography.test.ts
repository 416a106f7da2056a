import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBibliography } from '../../../../../src/site/citations/read-bibliography.ts';
import { errorText } from '../../../../error-text.ts';

const book = (year: number): string =>
  `@book{knuth, author = {Knuth, Donald E.}, title = {The {TeX}book}, year = {${year}}}\n`;

test('what did not change is not parsed again, and what did is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bibliography-'));
  const path = join(folder, 'references.bib');
  const read = () => readBibliography(path, 'references.bib');
  writeFileSync(path, book(1984));
  const first = read();
  expect(read()).toBe(first);
  writeFileSync(path, book(1986));
  expect(read().get('knuth')?.['issued']).toEqual({ 'date-parts': [[1986]] });
  // A file that is broken for a moment leaves nothing of the one before.
  writeFileSync(path, `${book(1986)}${book(1986)}`);
  expect(errorText(read)).toContain('DuplicateCitation');
  expect(errorText(read)).toContain('DuplicateCitation');
  rmSync(folder, { recursive: true });
});
