import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { compileLatex } from '../../../../src/exports/compile-latex.ts';
import { latexZip } from '../../../../src/exports/latex-zip.ts';
import { errorText } from '../../../error-text.ts';

const path = process.env['PATH'];
const folder = mkdtempSync(join(tmpdir(), 'no-latex-'));
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

const zip = latexZip('waves', 'text', new Map([['one', new Uint8Array([1])]]), '@book{one}');

test('an archive is the same bytes each time', () => {
  expect(zip).toEqual(latexZip('waves', 'text', new Map([['one', new Uint8Array([1])]]), '@book{one}'));
});

test('without a LaTeX it is told how to have one', () => {
  process.env['PATH'] = folder;
  expect(errorText(() => compileLatex(zip, 'waves', 'dist/waves/waves.latex.zip'))).toBe(
    [
      'NoLatex: there is no LaTeX to compile with.',
      '  looked for latexmk and tectonic on the PATH',
      '  hint: install one, `sudo apt-get install latexmk texlive-latex-recommended texlive-fonts-recommended lmodern`, or leave out --compile.',
    ].join('\n'),
  );
});

test('the first fault of TeX is told, with its line', () => {
  const own = mkdtempSync(join(tmpdir(), 'own-latex-'));
  const program = join(own, 'latexmk');
  writeFileSync(
    program,
    `#!/bin/sh\n[ "$1" = --version ] && exit 0\nprintf 'lines\\n! Undefined control sequence.\\nl.7 \\\\nosuch\\n more\\n' > waves.log\nexit 12\n`,
  );
  chmodSync(program, 0o755);
  process.env['PATH'] = `${own}:${path}`;
  expect(errorText(() => compileLatex(zip, 'waves', 'dist/waves/waves.latex.zip'))).toBe(
    [
      'LatexFails: latexmk cannot compile the LaTeX export.',
      '  dist/waves/waves.latex.zip',
      '  ! Undefined control sequence.',
      '  l.7 \\nosuch',
      '  hint: if it is a formula, write it in what both KaTeX and LaTeX know; otherwise tell the maintainers the lines above.',
    ].join('\n'),
  );
  rmSync(own, { recursive: true });
});
