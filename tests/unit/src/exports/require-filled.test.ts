import { expect, test } from 'vitest';
import { bare } from '../../../../src/exports/carried-value.ts';
import { requireFilled } from '../../../../src/exports/require-filled.ts';
import { writeJats } from '../../../../src/exports/write-jats.ts';
import { writeLatex } from '../../../../src/exports/write-latex.ts';
import { factMark, leftMark } from '../../../../src/site/file-facts.ts';
import { pageOf } from './small-page.ts';

const marked = `<pre>${factMark('sha256', 'a_b.json')}  a_b.json</pre>`;

test.for([
  ['LaTeX', writeLatex],
  ['JATS', writeJats],
  ['the text of a PDF', () => bare(marked)],
] as const)('a mark that no fact was put in the place of is told of %s', ([, write]) => {
  expect(() => requireFilled('waves.pdf', write(pageOf(marked)), leftMark)).toThrow(
    /^internal: waves\.pdf has '\{\{sha256 ?of ?a_b\.json\}\}' where a page has a file's fact$/,
  );
  // The digests of a page are in no export: it would have to hold its own.
  const page = pageOf(`<p>{{x}}</p><details class="digests"><summary>SHA-256</summary>${marked}</details>`);
  requireFilled('waves.pdf', writeLatex(page), leftMark);
  expect(JSON.stringify(page)).not.toContain('SHA-256');
});
