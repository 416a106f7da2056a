import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { getMeta } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { exportPapers } from '../../src/cli/export.ts';
import { readPage } from '../../src/exports/read-page.ts';
import { requireValuesInPdf, textOfPdf } from '../../src/exports/read-pdf.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
afterAll(() => project.remove());
const text = (body: string): string =>
  `---
title: Tiny waves
summary: A page.
authors: [A. One]
---

## Abstract

A page of size <Value of="sizes.size.mean" />, after $a^2$ and a [link](results.json).

<Claim id="size-is-large">The size is large, as <Ref to="tab:sizes" /> says.</Claim>

<ResultTable of="sizes">Sizes by layer.</ResultTable>

${body}
`;
const page = 'content/tiny/index.mdx';
project.write(page, text(''));
const made = ['tiny.pdf', 'tiny.jats.xml', 'tiny.latex.zip'] as const;
const digest = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(join(project.root, 'dist/tiny', name)))
    .digest('hex');

test('a site is exported, offers what was made, and stays as it is', async () => {
  await acceptVerdicts(project.root, {}, 'all');
  const built = await exportPapers(project.root, {});
  expect(built).toMatchObject({ dist: 'rendered', compiledBy: null });
  expect(built.exports).toEqual({
    tiny: { pdf: 'dist/tiny/tiny.pdf', jats: 'dist/tiny/tiny.jats.xml', latex: 'dist/tiny/tiny.latex.zip' },
  });
  const html = project.read('dist/tiny/index.html');
  for (const name of made) expect(html).toContain(`href="${name}"`);
  // Where the site is served is not known here.
  expect(html).not.toContain('citation_pdf_url');
  expect(project.read('dist/tiny/ro-crate-metadata.json')).toContain('"tiny.jats.xml"');
  const zip = unzipSync(readFileSync(join(project.root, 'dist/tiny/tiny.latex.zip')));
  expect(Object.keys(zip)).toEqual(['tiny.tex']);
  // Neither a build nor an export with nothing changed renders; what is made anew is the same bytes.
  expect((await buildSite(project.root, {})).dist).toBe('fresh');
  expect((await exportPapers(project.root, {})).dist).toBe('fresh');
  const before = made.map(digest);
  project.write('dist/tiny/tiny.pdf', 'by hand');
  expect((await exportPapers(project.root, {})).dist).toBe('rendered');
  expect(made.map(digest)).toEqual(before);
});

test('the PDF says who wrote it, is tagged, with an outline and fonts of its own, and links nowhere that it cannot lead', async () => {
  const pdf = readFileSync(join(project.root, 'dist/tiny/tiny.pdf'));
  const raw = pdf.toString('latin1');
  for (const mark of ['/StructTreeRoot', '/Outlines', '/Marked true', '/Lang (en)', '/FontFile2'])
    expect(raw).toContain(mark);
  expect(raw).not.toContain('/Type3');
  expect(raw).toContain('/S /Formula\n/Alt ($a^2$)');
  expect(raw).not.toMatch(/127\.0\.0\.1|localhost/);
  const { info } = await getMeta(new Uint8Array(pdf));
  expect(info).toMatchObject({
    Title: 'Tiny waves',
    Author: 'A. One',
    Subject: 'A page.',
    Creator: 'reproducible-paper',
  });
  const [first = ''] = await textOfPdf(pdf);
  expect(first).toContain('Tiny waves');
  for (const closed of ['Contents', 'CSV', 'provenance.json']) expect(first).not.toContain(closed);
});

test('a number of the PDF that is not that of results.json is told by name', async () => {
  const pdf = readFileSync(join(project.root, 'dist/tiny/tiny.pdf'));
  const { values } = JSON.parse(project.read('dist/tiny/results.json'));
  const masthead = {
    title: '',
    summary: '',
    authors: [],
    date: null,
    license: null,
    original: null,
    address: null,
    commit: null,
  };
  const document = readPage(project.read('dist/tiny/index.html'), 'tiny', masthead, () => ({ file: page }));
  await requireValuesInPdf('tiny.pdf', document, values, pdf);
  const changed = { ...values, 'sizes.size.mean': { ...values['sizes.size.mean'], value: 4 } };
  expect(await rejectionText(requireValuesInPdf('tiny.pdf', document, changed, pdf))).toBe(
    [
      'ExportDiffers: an export does not carry the numbers of results.json.',
      '  tiny.pdf',
      "  'sizes.size.mean': expected '4'; received '3'",
      "  in 'Apageofsize4,after'",
      '  hint: export again, `npm run paper -- export`; if it comes back, the export has a fault: tell its maintainers the lines above.',
    ].join('\n'),
  );
});

test('every export holds the further pages after the paper, their numbers read back as its own are', async () => {
  project.write(
    'content/tiny/method.mdx',
    '---\ntitle: How it was done\n---\n\nA size of <Value of="sizes.size.mean" /> again.\n\n## Setup\n\nFrom <Ref to="tab:sizes" />.\n',
  );
  await exportPapers(project.root, {});
  const zip = unzipSync(readFileSync(join(project.root, 'dist/tiny/tiny.latex.zip')));
  const latex = Buffer.from(zip['tiny.tex']!).toString('utf8');
  expect(latex).toContain('\\section*{How it was done}');
  expect(latex).toContain('\\setnumber{subsection}{1}\\subsection{Setup}');
  expect(latex).toMatch(/A size of .*3.* again/);
  expect(project.read('dist/tiny/tiny.jats.xml')).toContain('<title>How it was done</title>');
  const text = await textOfPdf(readFileSync(join(project.root, 'dist/tiny/tiny.pdf')));
  expect(text.at(-1)).toContain('How it was done');
  project.write('content/tiny/method.mdx', '---\ntitle: Method\n---\n\n<canvas />\n');
  expect(await rejectionText(exportPapers(project.root, {}))).toMatch(
    /^NoExportForm: <canvas> has no form in print, LaTeX or JATS\.\n {2}content\/tiny\/method\.mdx:5:1\n/,
  );
  project.discard('content/tiny/method.mdx');
});

test('what no export can carry is told where it was written, and the site of before stays', async () => {
  const before = made.map(digest);
  project.write(page, text('Before it.\n\n<canvas />'));
  expect(await rejectionText(exportPapers(project.root, {}))).toMatch(
    /^NoExportForm: <canvas> has no form in print, LaTeX or JATS\.\n {2}content\/tiny\/index\.mdx:17:1\n/,
  );
  expect(made.map(digest)).toEqual(before);
  // A page with a form for paper is exported, and a build without exports takes those of before away.
  project.write(page, text('<div data-media="screen"><canvas /></div>\n\n<p data-media="print">A wave.</p>'));
  await buildSite(project.root, {});
  expect(project.read('dist/tiny/index.html')).not.toContain('tiny.pdf');
});

test('without a browser it is told how to have one', async () => {
  const { PATH, CHROMIUM_PATH } = process.env;
  delete process.env['CHROMIUM_PATH'];
  // git alone, which says what was built.
  process.env['PATH'] = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  try {
    expect(await rejectionText(exportPapers(project.root, {}))).toBe(
      [
        'NoChromium: a PDF is printed by Chromium, and none was found.',
        '  looked for CHROMIUM_PATH, and for chromium and google-chrome on the PATH',
        '  hint: install one, `sudo apt-get install chromium`, or set CHROMIUM_PATH, and run the same command again; builds need none.',
      ].join('\n'),
    );
  } finally {
    process.env['PATH'] = PATH;
    if (CHROMIUM_PATH !== undefined) process.env['CHROMIUM_PATH'] = CHROMIUM_PATH;
  }
});
