import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

const read = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'bibliography-'));
  const path = join(folder, 'references.bib');
  writeFileSync(path, text);
  try {
    return readBibliography(path, 'references.bib');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const titleOf = (tex: string): unknown => read(`@book{a, title = {${tex}}}`).get('a')?.['title'];

for (const [tex, printed] of [
  ['Xa{\\aa}ba \\AA', 'Xaåba Å'],
  ['\\"{o} \\"o {\\"o} \\v{s} \\o{} \\c{c} \\H{o}', 'ö ö ö š ø ç ő'],
  ["\\'{\\i} \\'\\i{} \\^{\\i} \\v{\\j}", 'í í î ǰ'],
  ['$n$ $n^2$ $x_i$ $\\alpha$', 'n n² x<sub>i</sub> α'],
  ['\\emph{a} \\textbf{b} {\\em c}', '<i>a</i> <b>b</b> <i>c</i>'],
  ['a--b, a---b, A~B, R\\&D, 5\\%', 'a–b, a—b, A\u00A0B, R&D, 5%'],
  ['\\LaTeX{} and \\TeX', 'LaTeX and TeX'],
  ['a \\textbackslash b', 'a \\b'],
] as const) {
  test(`TeX is printed as its characters: ${tex}`, () => {
    expect(titleOf(tex)).toBe(printed);
  });
}

test('a command of which nothing is known is told with its line, and never printed', () => {
  expect(
    errorText(() => read('@book{a, title = {One}}\n@book{b,\n  title = {A \\fooo{x}, \\frac12}\n}\n')),
  ).toBe(
    `UnknownTex: 'b' holds TeX that is not known here: \\fooo.
  references.bib:3:14
  expected accents, letters, \\emph, \\textbf, powers and Greek letters between dollar signs
  hint: write what it prints, in Unicode.`,
  );
  const command = fc.stringMatching(/^[a-zA-Z]{1,12}$/);
  fc.assert(
    fc.property(command, (name) => {
      let title: unknown;
      const text = errorText(() => {
        title = titleOf(`x \\${name}{y} z`);
      });
      expect(text === 'nothing was thrown' ? String(title) : text).toMatch(
        /^[^\\]*$|^(UnknownTex|BadBibliography)/,
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('what does not parse is told with its line, also within a field', () => {
  expect(errorText(() => read('@book{a, title = {One}}\n\n@book{b, title = {$x}}\n'))).toContain(
    '\n  references.bib:3:1\n',
  );
  expect(errorText(() => read('@book{a,\n  title = {One}\n  year = {1}}\n'))).toContain(
    '\n  references.bib:3:3\n',
  );
});
