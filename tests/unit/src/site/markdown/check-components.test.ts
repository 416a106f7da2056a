import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { componentNames } from '../../../../../src/site/markdown/component-names.ts';
import { sentenceElements } from '../../../../../src/site/markdown/verdict-sentences.ts';
import { checkPage } from './tiny-site.ts';

const lines = (...text: readonly string[]): string => text.join('\n');

const inCode = (place: string, name = 'Claim', written = name): string =>
  lines(
    `ComponentInCode: <${written}> stands within code, where nothing can look at what it prints.`,
    `  content/tiny/index.mdx:${place}`,
    `  hint: write <${name}> in the text itself, outside of braces and exports.`,
  );

const claim = '<Claim id="size-is-positive">no</Claim>';

/** Where code can stand, with a claim in it, and the claim's place. */
const doors: readonly (readonly [string, string, string])[] = [
  ['braces', `It is {${claim}}.`, '1:8'],
  ['braces of a block', `{\n  ${claim}\n}`, '2:3'],
  ['a condition', `It is {true ? <b>a</b> : ${claim}}.`, '1:26'],
  ['a callback', `It is {['a'].map((a) => <b>{a}{${claim}}</b>)}.`, '1:32'],
  ['a function in a function', `It is {(() => () => ${claim})()()}.`, '1:21'],
  ['a function body', `It is {(() => { const a = ${claim}; return a; })()}.`, '1:27'],
  ['a fragment', `It is {<>${claim}</>}.`, '1:10'],
  ['an object', `It is {Object.values({ a: ${claim} })}.`, '1:27'],
  ['a template', `It is {\`\${${claim}}\`}.`, '1:11'],
  ['an attribute', `<b title={${claim}}>x</b>`, '1:11'],
  ['an attribute of an element in braces', `It is {<b title={${claim}}>x</b>}.`, '1:18'],
  ['attributes that are spread', `<p><b {...{ title: ${claim} }}>x</b></p>`, '1:20'],
  ['an export', `export const x = ${claim}\n\nIt is {x}.`, '1:18'],
  ['a function that is exported', `export const X = () => <b>${claim}</b>\n\nIt is <X />.`, '1:27'],
  ['a caption', `<ResultTable of="lengths">It is {${claim}}.</ResultTable>`, '1:34'],
];

for (const [door, page, place] of doors) {
  test(`a component within ${door} is refused with its place`, async () => {
    expect(await checkPage(page)).toBe(inCode(place));
  });
}

test.each([...componentNames])('<%s> is refused within code, whichever component it is', async (name) => {
  expect(await checkPage(`It is {[<${name} />]}.`)).toBe(inCode('1:9', name));
  expect(await checkPage(`export const x = <${name} />\n\nIt is {x}.`)).toBe(inCode('1:18', name));
});

test('a component is refused within code under any other name, too', async () => {
  expect(await checkPage('It is {<props.components.Claim id="size-is-positive" />}.')).toBe(
    inCode('1:8', 'Claim', 'props.components.Claim'),
  );
  expect(await checkPage('It is {((C) => <C of="lengths.size.mean" />)(props.components.Value)}.')).toBe(
    inCode('1:16', 'C'),
  );
  expect(await checkPage('It is {((c) => <c.d />)({ d: props.components.Value })}.')).toBe(
    inCode('1:16', 'c.d'),
  );
});

test('plain elements within code pass: what they print is looked at as it is printed', async () => {
  expect(await checkPage("It is {['a'].map((a) => <b title={a}>{a}<>b</></b>)}.")).toBe('fine');
  expect(
    await checkPage(
      'export const Own = () => <b>a</b>\n\nexport const Two = () => <Own />\n\nIt is <Two />.',
    ),
  ).toBe('fine');
});

test('a component by the name of what only a rendered page has is refused', async () => {
  for (const name of ['props.components.Claim', '_components.Claim', 'arguments.Claim']) {
    expect(
      await checkPage(`export const props = 'a'\n\nIt is <${name} id="size-is-positive">no</${name}>.`),
    ).toBe(
      lines(
        `UnknownComponent: <${name}> names a component by '${name.split('.')[0]}', which is the site's own.`,
        '  content/tiny/index.mdx:3:7',
        '  hint: write <Claim>.',
      ),
    );
  }
});

test('a component that nobody gives is refused, with the nearest name', async () => {
  expect(await checkPage('It is <Valu of="lengths.size.mean" />.')).toBe(
    lines(
      'UnknownComponent: there is no component <Valu>.',
      '  content/tiny/index.mdx:1:7',
      "  hint: did you mean 'Value'? One of your own is imported at the top of the page.",
    ),
  );
  // The site's own, the page's own, and what the renderer always has.
  expect(
    await checkPage("import Box from './Box.astro'\n\nIt is <Box>a</Box>, <Mine />, <Fragment>b</Fragment>."),
  ).toBe('fine');
});

test('attributes of a component that only rendering knows are refused', async () => {
  for (const page of [
    '<Claim id="size-is-positive" {...{ id: "other" }}>It is.</Claim>',
    '<Claim {...{ id: "size-is-positive" }}>It is.</Claim>',
  ]) {
    expect(await checkPage(page)).toContain('SpreadAttributes: <Claim> has attributes that code gives it');
  }
  expect(await checkPage('The size is <Value of="lengths.size.mean" {...frontmatter} />.')).toBe(
    lines(
      'SpreadAttributes: <Value> has attributes that code gives it, and nothing can look at them before they are used.',
      '  content/tiny/index.mdx:1:13',
      '  hint: write each by itself, as text: <Value of="…">.',
    ),
  );
  expect(await checkPage('The size is <Value of="lengths.size.mean" of="lengths.size.max" />.')).toBe(
    lines(
      "DuplicateAttribute: <Value> has two attributes 'of'.",
      '  content/tiny/index.mdx:1:13',
      '  hint: one of them counts: remove the other.',
    ),
  );
  for (const name of ['children', 'set:html', 'set:text']) {
    expect(await checkPage(`It is <Claim id="size-is-positive" ${name}="no">so</Claim>.`)).toBe(
      lines(
        `ContentInAttribute: <Claim> has its content in an attribute '${name}', where nothing can look at it.`,
        '  content/tiny/index.mdx:1:7',
        '  hint: write it between the tags: <Claim>…</Claim>.',
      ),
    );
  }
});

test('an attribute that a component does not take is told, with the one that was meant', async () => {
  expect((await checkPage('The size is <Value off="lengths.size.mean" />.')).split('\n\n')[0]).toBe(
    lines(
      "UnknownAttribute: <Value> takes no 'off'.",
      '  content/tiny/index.mdx:1:13',
      "  hint: did you mean 'of'?",
    ),
  );
  expect(await checkPage('The size is <Value of="lengths.size.mean" digits="3" />.')).toBe(
    lines(
      "UnknownAttribute: <Value> takes no 'digits'.",
      '  content/tiny/index.mdx:1:13',
      '  hint: none is called like it: there is of.',
    ),
  );
});

test('an equation says by which id it is referred to', async () => {
  for (const equation of ['<Equation>', '<Equation id>', '<Equation id={frontmatter.title}>']) {
    expect(await checkPage(`${equation}\n$x$\n</Equation>`)).toBe(
      lines(
        'MissingAttribute: <Equation> has no id, as a text, by which it is referred to.',
        '  content/tiny/index.mdx:1:1',
        '  hint: write <Equation id="its-name">.',
      ),
    );
  }
});

test.each([
  'Value',
  'ResultTable',
  'Claim',
  'Word',
  'Figure',
  'Explore',
  'Ref',
  'Cite',
  'Source',
  'Reported',
  'Equation',
])('<%s> without its attribute, or with one that has no value, is told by name', async (name) => {
  if (name !== 'Reported') expect(await checkPage(`It is <${name} />.`)).toMatch(/^(Missing|Unknown)\w+: /);
  const attribute = { Claim: 'id', Equation: 'id', Ref: 'to' }[name] ?? 'of';
  expect(await checkPage(`It is <${name} ${attribute} />.`)).toMatch(/^(Missing|Unknown)\w+: /);
});

test('the components are those that the site gives', () => {
  const source = readFileSync(
    join(
      import.meta.dirname,
      '..',
      '..',
      '..',
      '..',
      '..',
      'src',
      'site',
      'components',
      'paper-components.ts',
    ),
    'utf8',
  );
  const given = [...source.matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);
  // Words and alternative texts stand for text, and sentences for one of them: all are gone before anything is rendered.
  expect([...given, 'Alt', 'Word', ...Object.keys(sentenceElements)].sort()).toEqual(
    [...componentNames].sort(),
  );
});

test.each([
  ['<script>', '<script>{`document.body.append(6 * 7)`}</script>', 'a component of your own'],
  ['<style>', '<style>{`b::after { content: "42" }`}</style>', 'an option of paper()'],
  ['<link>', '<link rel="stylesheet" href="own.css" />', 'an option of paper()'],
  ['<iframe>', '<iframe src="data:text/html,42" />', 'link to it'],
  ['<object>', '<object data="data:text/html,42" />', 'link to it'],
  ['<embed>', '<embed src="own.html" />', 'link to it'],
  ['<script>', "{['a'].map(() => <script>a</script>)}", 'a component of your own'],
  ["'onclick' of <b>", '<b onclick="this.append(6 * 7)">it</b>', 'a component of your own'],
  ["'style' of <ol>", '<ol style="counter-reset: list-item 41"><li>it</li></ol>', 'an option of paper()'],
  ["'STYLE' of <li>", '<li STYLE="list-style: \'42 \'">it</li>', 'an option of paper()'],
  ["'style' of <li>", '<li style="list\\-style: \'42 \'">it</li>', 'an option of paper()'],
  ["'style' of <b>", '<b style={name}>it</b>', 'an option of paper()'],
])('%s brings what no rule reads, and is refused in %s', async (what, text, hint) => {
  const told = await checkPage(text);
  expect(told).toContain(`UnreadContent: ${what} brings what nothing can look at before a reader sees it.`);
  expect(told).toContain('content/tiny/index.mdx:1:');
  expect(told).toContain(hint);
});

test('a style that prints nothing is the author’s', async () => {
  expect(await checkPage('<b style="color: red; width: 2em">it</b>')).toBe('fine');
});

test('what says that a result was printed is told in capitals too', async () => {
  expect(await checkPage('<b DATA-VALUE="lengths.size.mean">x</b>')).toContain('ForgedResult');
});
