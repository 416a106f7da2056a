import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedText, requireSameValues } from '../../../../src/exports/carried-value.ts';
import { requireLatexTargets } from '../../../../src/exports/latex-targets.ts';
import { valuesInLatex } from '../../../../src/exports/values-in-latex.ts';
import { writeLatex } from '../../../../src/exports/write-latex.ts';
import type { NamedValue } from '../../../../src/results/derive-values.ts';
import type { Format } from '../../../../src/results/format.ts';
import { formatNamed } from '../../../../src/results/format-value.ts';
import { errorText } from '../../../error-text.ts';
import { formula, pageOf, smallBody, values } from './small-page.ts';

const latex = writeLatex(pageOf(smallBody));

test('one of everything is written, and carries its values', () => {
  requireSameValues('waves.latex.zip', pageOf(smallBody), values, valuesInLatex(latex));
  for (const part of [
    '\\title{Waves \\& tides}',
    '\\begin{abstract}',
    '\\hyperlink{ref-one2020}{One, 2020}',
    '\\setnumber{section}{1}\\section{Widths}',
    '\\section*{At a glance}',
    '$\\\\delta < 1$',
    '\\tag{1}',
    '\\caption[]{Sizes.}',
    '\\val{sizes.gap}{$-$1.5\\,$\\times$\\,10\\textsuperscript{$-$7}}',
    '\\codeline{const x = \\textquotedbl{}a-{}-b\\textquotedbl{}; // \\{100\\%\\}}',
    '\\item \\hypertarget{ref-one2020}{}One, A. (2020). \\emph{Waves}.',
  ])
    expect(latex).toContain(part);
});

/** Of each kind of thing that a reference leads to: one of each, and some that lead to what paper does not show. */
const anchored = `<h2 id="terms">Terms</h2><ul><li id="an-item">one</li><li><span id="a-term">A term</span> is.</li></ul>
<p id="a-paragraph">It.</p><div id="a-box"><p>In a box.</p></div><blockquote id="a-quotation"><p>q</p></blockquote>
<pre id="a-code">x</pre><table id="a-table"><tbody><tr id="a-row"><td>1</td><td id="a-cell">2</td></tr></tbody></table>
<div data-media="screen"><p id="a-switch">s</p></div>`;
const lead = [
  'terms',
  'an-item',
  'a-term',
  'a-paragraph',
  'a-box',
  'a-quotation',
  'a-code',
  'a-table',
  'a-row',
  'a-cell',
];

test('whatever a reference leads to has an anchor, and one to what paper does not show is text', () => {
  const links = [...lead, 'a-switch', 'nowhere'].map((id) => `<a href="#${id}">to ${id}</a>`).join(' ');
  const source = writeLatex(pageOf(`<p>${links}</p>${anchored}`));
  requireLatexTargets('waves.latex.zip', source);
  for (const id of lead) {
    expect(source).toContain(`\\hyperlink{${id}}{to ${id}}`);
    expect(source.split(`\\hypertarget{${id}}`).length).toBe(2);
  }
  for (const id of ['a-switch', 'nowhere']) expect(source).toContain(` to ${id}`);
  expect(source).not.toMatch(/hyperlink\{(a-switch|nowhere)/);
  expect(source).toContain('\\item \\hypertarget{an-item}{}one');
});

test('a reference without an anchor is told', () => {
  expect(() => requireLatexTargets('waves.latex.zip', latex)).not.toThrow();
  expect(() =>
    requireLatexTargets('waves.latex.zip', latex.replace('\\hypertarget{tab-sizes}', '\\relax{tab-sizes}')),
  ).toThrow('internal: waves.latex.zip has references to what it has no anchor for: tab-sizes');
});

test('lines that number themselves are one equation', () => {
  const aligned = formula('\\begin{align*} a &amp;= b \\end{align*}');
  expect(writeLatex(pageOf(`<span class="katex-display">${aligned}</span>`))).toContain(
    '\\begin{aligned} a &= b \\end{aligned}\n\\notag',
  );
});

/** As the page prints it: a power with its exponent raised. */
const printed = (named: NamedValue): string =>
  formatNamed(named).replace(/(?<=\u202f×\u202f10)\^(−?\d+)/, '<sup>$1</sup>');

test('every format comes back from LaTeX as results.json prints it', () => {
  const format = fc.oneof(
    fc.record({
      style: fc.constantFrom('fixed', 'signed', 'share', 'scientific', 'significant'),
      digits: fc.integer({ min: 1, max: 6 }),
    }),
    fc.constant({ style: 'count' }),
  ) as fc.Arbitrary<Format>;
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), format, (value, style) => {
      const named: NamedValue = { value, unit: null, format: style };
      const page = pageOf(`<p>x <span data-value="a.b">${printed(named)}</span> y</p>`);
      const [carried] = valuesInLatex(writeLatex(page));
      expect(carried?.text).toBe(expectedText(named));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test.for([
  'Student’s t, “five”',
  'KL(Q‖K) ≤ κ₂',
  'Kučera, Życzkowski, Ångström, señor',
  "it's 5 < 6 | 7 > 3",
  'a_b {c} $d$ 50% #1 ~x \\y',
  'en–dash — em … ² ᵀ',
])('words come back from LaTeX as they were: %s', (text) => {
  const named: NamedValue = { value: text, unit: null, format: undefined };
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const [carried] = valuesInLatex(
    writeLatex(pageOf(`<p><span data-value="odd%id{1}">${escaped}</span></p>`)),
  );
  expect(carried).toMatchObject({ id: 'odd%id{1}', text: expectedText(named) });
});

test('letters that no font of LaTeX has are told', () => {
  expect(errorText(() => writeLatex(pageOf('<p>The word 波 is a wave.</p>')))).toBe(
    [
      "NoLatexForm: '波' is in none of the fonts that LaTeX sets with.",
      "  in 'The word 波 is a wave.'",
      '  hint: write it as a formula, `$…$`, or in other letters.',
    ].join('\n'),
  );
});

test('a number that changed is told by name, file and line', () => {
  const changed = latex.replace('\\val{sizes.width}{0.25}', '\\val{sizes.width}{0.52}');
  const line = latex.slice(0, latex.indexOf('\\val{sizes.width}')).split('\n').length;
  expect(
    errorText(() => requireSameValues('waves.latex.zip', pageOf(smallBody), values, valuesInLatex(changed))),
  ).toContain(`  waves.latex.zip:${line}\n  'sizes.width': expected '0.25'; received '0.52'\n`);
});
