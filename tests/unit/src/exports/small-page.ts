import type { ExportDocument, Masthead } from '../../../../src/exports/export-document.ts';
import { readPage } from '../../../../src/exports/read-page.ts';
import type { NamedValue } from '../../../../src/results/derive-values.ts';

export const masthead: Masthead = {
  title: 'Waves & tides',
  summary: 'Short.',
  authors: ['A. One', 'B. Two', 'A project'],
  organizations: ['A project'],
  date: '2026-01-02',
  license: 'MIT',
  original: null,
  address: null,
  commit: null,
};

export const fixed: NamedValue = { value: 0.25, unit: '1', format: { style: 'fixed', digits: 2 } };
export const power: NamedValue = { value: -1.5e-7, unit: '1', format: { style: 'scientific', digits: 1 } };
export const values = { 'sizes.width': fixed, 'sizes.gap': power };

/** KaTeX's markup, without what it draws. */
export const formula = (tex: string): string =>
  `<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">x</span></span>`;

const width = '<span data-value="sizes.width" data-raw="0.25">0.25</span>';
const gap = '<span data-value="sizes.gap" data-raw="-1.5e-7">−1.5\u202f×\u202f10<sup>−7</sup></span>';

/** One of everything that a page of this site has. */
export const smallBody = `
<h1>Waves &amp; tides</h1><p class="byline">A. One</p>
<nav class="contents"><details><summary>Contents</summary></details></nav>
<h2 id="abstract">Abstract</h2>
<p>The width is ${width} of <em>all</em>, after <a class="cite" href="#ref-one2020">One, 2020</a>.</p>
<section><h2>At a glance</h2><div class="scroll"><table><thead><tr><th>what holds</th></tr></thead>
<tbody><tr><th>It is wide.</th></tr></tbody></table></div></section>
<h2 id="sec-widths" data-number="1">Widths</h2>
<p><span class="claim" data-claim="wide" id="claim-wide" data-verdict="holds"><span data-claim="wide">The gap ${formula('\\\\delta &lt; 1')} is
${gap}.</span>&nbsp;<span class="verdict">original otherwise</span></span> See <a class="ref" href="#tab-sizes">table 1</a>.</p>
<div class="equation" id="eq-law"><span class="katex-display">${formula('a^2')}</span><span class="number">(1)</span></div>
<figure class="table" id="tab-sizes" data-table="sizes"><figcaption><b><a href="tables/sizes/">Table 1.</a></b> Sizes.</figcaption>
<div class="scroll"><table><thead><tr><th>layer</th><th class="number">width <span class="unit">metres</span></th></tr></thead>
<tbody><tr><th><span class="computed">first</span></th><td class="number"><span class="computed">${width}</span><span class="aside null"><span class="mark">null</span> 0.1 to 0.2</span></td></tr></tbody></table></div>
<p class="downloads"><a href="tables/sizes.csv">CSV</a></p></figure>
<h3 id="sec-code">Code</h3>
<ul><li>one</li><li><p>two</p></li></ul>
<pre><code>const x = "a--b"; // {100%}
  y;</code></pre>
<h2 id="references">References</h2>
<ol class="bibliography"><li id="ref-one2020"><div>One, A. (2020). <i>Waves</i>.</div></li></ol>`;

export const pageOf = (body: string, told: Partial<Masthead> = {}): ExportDocument =>
  readPage(
    `<!doctype html><html><body><main><article class="paper">${body}</article></main></body></html>`,
    'waves',
    { ...masthead, ...told },
    () => ({ file: 'content/waves/index.mdx', line: 7, column: 1 }),
  );
