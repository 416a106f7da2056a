import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { searchRecords } from '../../../../../src/site/search/search-records.ts';
import { writeSearchIndex } from '../../../../../src/site/search/write-search-index.ts';

let folder: string;
const write = (path: string, body: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `<!doctype html><html lang="en"><body>${body}</body></html>`);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'));
  write('how-this-site-knows/index.html', '<main><h1>How</h1><p>By keys.</p></main>');
  write(
    'tiny/index.html',
    `<main><article class="paper"><h1>Tiny</h1><p>Before.</p>
<h2 id="sec-a" data-number="1">Rows<a class="deep-link" href="#sec-a"></a></h2><p>Of <b>things</b> <span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation>\\TeX</annotation></semantics></math></span><span class="katex-html">x</span></span>.</p>
<figure class="table"><figcaption>Seen.</figcaption><div class="scroll"><table><tr><td>4321</td></tr></table></div></figure></article></main>`,
  );
  write(
    'tiny/claims/index.html',
    '<main><article id="grows"><h2><a href="/tiny/#claim-grows">It grows &lt; fast.</a></h2><dl><dt>margin</dt><dd>two</dd></dl></article></main>',
  );
  write(
    'tiny/tables/sizes/index.html',
    '<main><h1>Sizes</h1><table><tr><th>layer</th><th>size</th></tr></table></main>',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

test('sections, claims and tables are records, without the figures of tables and with each formula once', () => {
  expect(searchRecords(folder, ['tiny'])).toEqual([
    { kind: 'page', url: '/tiny/', title: 'Tiny', of: '', text: 'Before.' },
    { kind: 'section', url: '/tiny/#sec-a', title: '1 Rows', of: 'Tiny', text: 'Of things x. Seen.' },
    {
      kind: 'claim',
      url: '/tiny/claims/#grows',
      title: 'It grows < fast.',
      of: 'Tiny',
      text: 'margin two',
    },
    { kind: 'table', url: '/tiny/tables/sizes/', title: 'Sizes', of: 'Tiny', text: 'sizes, layer, size' },
    { kind: 'page', url: '/how-this-site-knows/', title: 'How', of: '', text: 'How By keys.' },
  ]);
});

test('a section of a further page is of that page, and what only paper shows is not read', () => {
  write(
    'tiny/method/index.html',
    '<main><article class="paper"><h1>Method</h1><h2 id="sec-b">Steps</h2><p>Two.</p><section class="printed-works"><h2>References</h2></section></article></main>',
  );
  expect(searchRecords(folder, ['tiny']).filter(({ url }) => url.startsWith('/tiny/method/'))).toEqual([
    { kind: 'page', url: '/tiny/method/', title: 'Method', of: 'Tiny', text: '' },
    { kind: 'section', url: '/tiny/method/#sec-b', title: 'Steps', of: 'Method · Tiny', text: 'Two.' },
  ]);
});

test('roots and fractions are read as such', () => {
  write(
    'tiny/claims/index.html',
    '<main><article id="half"><h2>It is <math><mfrac><mn>1</mn><msqrt><mn>2</mn></msqrt></mfrac></math>.</h2></article></main>',
  );
  expect(searchRecords(folder, ['tiny']).find(({ kind }) => kind === 'claim')?.title).toBe('It is 1/√2.');
});

test('the index holds what searching needs and no dialog of its own, and is the same each time', async () => {
  const files = async () => {
    await writeSearchIndex(folder, ['tiny']);
    const at = join(folder, 'pagefind');
    const names = readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const read = names.toSorted().map((name) => [name, readFileSync(name).toString('base64')]);
    rmSync(at, { recursive: true });
    return read;
  };
  const first = await files();
  expect(
    first.map(([name = '']) => name.slice(folder.length)).filter((name) => /ui|highlight/.test(name)),
  ).toEqual([]);
  expect(first.length).toBeGreaterThan(8);
  expect(await files()).toEqual(first);
});
