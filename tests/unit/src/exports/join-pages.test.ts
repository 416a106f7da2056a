import { expect, test } from 'vitest';
import { joinPages } from '../../../../src/exports/join-pages.ts';

const page = (body: string, sheets = ''): string =>
  `<!doctype html><html><head>${sheets}</head><body><main id="main"><article class="paper">${body}</article></main></body></html>`;

test('a paper of one page stays as it is, byte for byte', () => {
  const html = page('<h1>T</h1>');
  expect(joinPages([{ path: '', html }])).toBe(html);
});

test('further pages follow as sections: anchors keep apart, links between pages lead within the one', () => {
  const joined = joinPages([
    {
      path: '',
      html: page(
        '<h1>T</h1><h2 id="sec-a">A</h2><a href="method/#sec-a">1</a><a href="method/">2</a><a href="tables/x/">3</a><a href="#sec-a">4</a>',
      ),
    },
    {
      path: 'method/',
      html: page(
        '<h1>Method</h1><h2 id="sec-a">B</h2><a href="../#sec-a">5</a><a href="#sec-a">6</a><a href="../tables/x/#r">7</a><a href="../heads/#tab-h">8</a><a href="../">9</a><a href="https://a.example/">10</a><svg><clipPath id="clip"/></svg>',
        '<link rel="stylesheet" href="/own.css">',
      ),
    },
    { path: 'heads/', html: page('<h1>Heads</h1><figure id="tab-h"></figure>') },
  ]);
  const hrefs = [...joined.matchAll(/<a href="([^"]*)">(\d+)/g)].map(([, href, at]) => `${at} ${href}`);
  expect(hrefs).toEqual([
    '1 #method.sec-a',
    '2 #page.method',
    '3 tables/x/',
    '4 #sec-a',
    '5 #sec-a',
    '6 #method.sec-a',
    '7 tables/x/#r',
    '8 #heads.tab-h',
    '9 ./',
    '10 https://a.example/',
  ]);
  expect(joined).toContain(
    '<section class="further-page"><h2 id="page.method">Method</h2><h3 id="method.sec-a">B</h3>',
  );
  expect(joined).toContain('<figure id="heads.tab-h">');
  // A drawing refers to its own parts by their ids.
  expect(joined).toContain('<clipPath id="clip"/>');
  expect(joined).toContain('<link rel="stylesheet" href="/own.css">');
});
