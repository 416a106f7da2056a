import { expect, test } from 'vitest';
import { requireSameValues } from '../../../../src/exports/carried-value.ts';
import { validateJats } from '../../../../src/exports/validate-jats.ts';
import { valuesInJats } from '../../../../src/exports/values-in-jats.ts';
import { writeJats } from '../../../../src/exports/write-jats.ts';
import { errorText, rejectionText } from '../../../error-text.ts';
import { pageOf, smallBody, values } from './small-page.ts';

const jats = writeJats(pageOf(smallBody));

test('one of everything is valid, and carries its values', async () => {
  await validateJats(jats, 'waves.jats.xml');
  requireSameValues('waves.jats.xml', pageOf(smallBody), values, await valuesInJats(jats));
  expect(jats).toContain('<xref ref-type="table" rid="tab-sizes">table 1</xref>');
  expect(jats).toContain('<tex-math>\\\\delta &#x3C; 1</tex-math><mml:math>');
  expect(jats).toContain('<ref id="ref-one2020">');
  expect(jats).toContain('<string-name>B. Two</string-name>');
  expect(jats).toContain('<collab>A project</collab>');
});

test('odd letters, blocks within lists, dates in words and no bibliography are valid too', async () => {
  const body =
    '<p id="x"><a href="#x">a</a> <a href="#r">b</a> <a href="#l">c</a> &lt;b&gt; &amp; "c" \u0001</p><ul><li><pre>code</pre><ul><li id="l">deep</li></ul></li></ul><blockquote><p>q</p><table><tbody><tr id="r"><td colspan="2">one<br>two</td></tr></tbody></table></blockquote><h3>Deep first</h3><h2></h2>';
  const document = pageOf(body, {
    date: 'Spring 2026',
    original: 'after “T”, B, D',
    address: 'https://host.example/waves/?a=1&b=2',
    commit: 'commit 01234567',
  });
  await validateJats(writeJats(document), 'waves.jats.xml');
});

test('what the DTD does not allow is told by line', async () => {
  expect(await rejectionText(validateJats(jats.replace('<body>', '<body><foo/>'), 'waves.jats.xml'))).toMatch(
    /^InvalidJats: the JATS export is not what its DTD allows, in \d places\.\n {2}waves\.jats\.xml\n {2}line \d+: No declaration for element foo\n[\s\S]*\n {2}hint: if the page holds HTML of its own there, write it in Markdown; otherwise this is a fault of the export: tell its maintainers the lines above\.$/,
  );
  const dangling = jats.replace('rid="tab-sizes"', 'rid="tab-gone"');
  expect(await rejectionText(validateJats(dangling, 'waves.jats.xml'))).toContain('tab-gone');
});

test('a footnote is one at the end, and a link to what no export has is text', async () => {
  const body =
    '<p>So<sup><a href="#fn-one" id="fnref-one" data-footnote-ref>1</a></sup> <a href="#nowhere">there</a>.</p><section class="footnotes" data-footnotes><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol><li id="fn-one"><p>A note. <a href="#fnref-one" class="data-footnote-backref" data-footnote-backref>↩</a></p></li></ol></section>';
  const xml = writeJats(pageOf(body));
  await validateJats(xml, 'waves.jats.xml');
  expect(xml).toContain('So<sup><xref ref-type="fn" rid="fn-one">1</xref></sup> there.');
  expect(xml).toMatch(
    /<back>\s*<fn-group id="footnote-label">\s*<title>Footnotes<\/title>\s*<fn id="fn-one"><label>1<\/label><p>A note\.<\/p><\/fn>/,
  );
  expect(xml).not.toContain('<sec');
  expect(xml).not.toContain('↩');
});

test.for([
  ['>0.25<', '>0.26<', "'sizes.width': expected '0.25'; received '0.26'"],
  ['<sup>−7</sup>', '<sup>−8</sup>', "'sizes.gap': expected '−1.5×10−7'; received '−1.5×10−8'"],
  [
    'vocab-term="sizes.gap"',
    'vocab-term="sizes.other"',
    "'sizes.other': results.json has no such value; received '−1.5×10−7'",
  ],
  [
    /<table-wrap id[\s\S]*<\/table-wrap>/,
    '',
    "'sizes.width': expected it 2 times, as on the page; received 1",
  ],
] as const)('a number that changed is told by name, file and line: %s', async ([from, to, told]) => {
  const carried = await valuesInJats(jats.replace(from, to));
  expect(errorText(() => requireSameValues('waves.jats.xml', pageOf(smallBody), values, carried))).toMatch(
    new RegExp(
      `^ExportDiffers: an export does not carry the numbers of results\\.json\\.\n {2}waves\\.jats\\.xml:\\d+\n {2}${told.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\n {2}hint: export again, \`npm run paper -- export\`; if it comes back, the export has a fault: tell its maintainers the lines above\\.$`,
    ),
  );
});
