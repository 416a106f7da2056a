import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildSite } from '../../src/cli/build-site.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject, tinyFrontmatter } from './tiny-project.ts';

/** One project for all: a page is no module that a process keeps. */
let project: ReturnType<typeof createTinyProject>;
beforeAll(() => {
  project = createTinyProject(3, false);
  project.write(
    'content/tiny/Shouts.astro',
    '<b>of <i>forty-</i><span title="in 42">two</span> <slot /></b>',
  );
  project.write('content/tiny/Plain.astro', '<b>of <slot /></b>');
  project.write('content/tiny/Shadow.astro', '<b><template shadowrootmode="open">42</template></b>');
  project.write('content/tiny/Framed.astro', '<iframe src="data:text/html,42"></iframe>');
  const site = join(project.root, 'src', 'site', 'components');
  const forged: Readonly<Record<string, string>> = {
    Numbered: '<b class="number">42</b>',
    Valued: '<b data-value="sizes.layer-0.size">42</b>',
    Printed: `---\nimport NumberText from '${site}/NumberText.astro';\n---\n<NumberText class="value" id="sizes.layer-0.size" value={42} text="42" />`,
    Claims: `---\nimport Claim from '${site}/Claim.astro';\n---\n<Claim id="size-is-large" paper="tiny">The size is tiny.</Claim>`,
  };
  for (const [name, text] of Object.entries(forged)) project.write(`content/tiny/${name}.astro`, text);
  project.write('content/tiny/Slots.astro', '<b>A <slot name="first" /> and <slot /></b>');
  project.write('content/tiny/Breaks.astro', '<b>{undefined.size}</b>');
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

const page = (...paragraphs: readonly string[]): void =>
  project.write('content/tiny/index.mdx', `${tinyFrontmatter}${paragraphs.join('\n\n')}\n`);
const built = async (): Promise<string> => rejectionText(buildSite(project.root, {}));

const hint =
  '  hint: let a stage compute it and name it: <Value of="table.column.mean" />, or add the name that holds it to `allow` in the frontmatter.';

/** Which door, the page, and what its author reads first. */
const doors: readonly (readonly [door: string, page: readonly string[], text: string])[] = [
  [
    'a constant of the page',
    ['export const n = 42', 'It is {n}.'],
    `TypedDigit: '42' is printed by code; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  [
    'a count of what code holds',
    ["export const names = ['a', 'b']", 'It is {names.length}.'],
    `TypedDigit: '2' is printed by code; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  [
    'an attribute that a voice reads',
    ['export const n = 42', '<p><b aria-label={["of", n].join(" ")}>x</b></p>'],
    `TypedDigit: '42' is printed by code; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:4\n${hint}`,
  ],
  [
    'attributes that are spread',
    ["export const all = { title: 'of ' + 42 }", '<p><b {...all}>x</b></p>'],
    `TypedDigit: '42' is printed by code; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:4\n${hint}`,
  ],
  [
    'elements that code makes',
    ['export const n = [42]', 'It is {n.map((one) => <b>{one}</b>)}.'],
    `TypedDigit: '42' is printed by code; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  [
    'a component that the page brings',
    ["import Shouts from './Shouts.astro'", 'It is <Shouts>so</Shouts>.'],
    `TypedDigit: '42' is printed by <Shouts>; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  ...['Numbered', 'Valued', 'Printed'].map((name): (typeof doors)[number] => [
    `a component that prints what looks like the site's own, <${name}>`,
    [`import ${name} from './${name}.astro'`, `It is <${name} />.`],
    `TypedDigit: '42' is printed by <${name}>; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ]),
  [
    'a component that the page makes',
    ['export const Loud = () => <b>4{2}</b>', 'It is <Loud />.'],
    `TypedDigit: '42' is printed by <Loud>; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  [
    'the shadow of an element',
    ["import Shadow from './Shadow.astro'", 'It is <Shadow />.'],
    `TypedDigit: '42' is printed by <Shadow>; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
  [
    'another document',
    ["import Framed from './Framed.astro'", 'It is <Framed />.'],
    'UnreadContent: the <iframe> of <Framed> brings what nothing can look at before a reader sees it.\n  content/tiny/index.mdx:9:7\n  hint: link to it: [what it is](its-address).',
  ],
  [
    'a script that code makes',
    ["import { jsx } from 'astro/jsx-runtime'", "It is {jsx('script', { children: 'a' })}."],
    'UnreadContent: <script> brings what nothing can look at before a reader sees it.\n  content/tiny/index.mdx:9:7\n  hint: let a component of your own bring it, imported at the top of the page.',
  ],
  [
    'a style that code gives',
    ["export const all = { style: 'counter-reset: list-item 41' }", '<ol {...all}><li>x</li></ol>'],
    "UnreadContent: 'style', which code gives, brings what nothing can look at before a reader sees it.\n  content/tiny/index.mdx:9:1\n  hint: styles of a site are an option of paper() in astro.config.mjs.",
  ],
  [
    'a component under another name',
    ['export const { A: Loud } = { A: () => <b>42</b> }', 'It is <Loud />.'],
    `TypedDigit: '42' is printed by <Loud>; a number on the page is computed or quoted.\n  content/tiny/index.mdx:9:7\n${hint}`,
  ],
];

const inCode = `ComponentInCode: code makes a component, and nothing can look at what it prints.
  content/tiny/index.mdx:9:7
  hint: write its tag in the text itself, outside of braces and exports.`;

/** Ways to a component that show in no tag. */
const made: readonly (readonly [way: string, page: readonly string[]])[] = [
  [
    'by the call that a tag becomes',
    ["import { jsx } from 'astro/jsx-runtime'", "It is {jsx(props.components.Value, { of: 'size' })}."],
  ],
  [
    'within an element',
    [
      "import { jsx } from 'astro/jsx-runtime'",
      "It is {<b>{[jsx(props.components.Claim, { children: 'no' })]}</b>}.",
    ],
  ],
  [
    'by a constant of the page',
    ['export const Loud = () => <b>42</b>\nexport const x = <Loud />', '', 'It is {x}.'],
  ],
  [
    'by a template of the renderer',
    [
      "import { renderTemplate } from 'astro/runtime/server/index.js'\nexport const parts = ['42']",
      'It is {renderTemplate(parts)}.',
    ],
  ],
];

for (const [way, paragraphs] of made) {
  test(`a component that code makes ${way} is refused with its place`, async () => {
    page(...paragraphs);
    expect((await built()).replace(/mdx:\d+:/, 'mdx:9:')).toBe(inCode);
  });
}

for (const [door, paragraphs, text] of doors) {
  test(`a number by way of ${door} is refused with its place`, async () => {
    page(...paragraphs);
    expect(await built()).toBe(text);
  });
}

test('what code prints without a number, or by an allowed name, is printed', async () => {
  project.write(
    'content/tiny/index.mdx',
    `${tinyFrontmatter.replace('[A]', '[A]\nallow: [Run 7]')}${[
      "import Plain from './Plain.astro'",
      "export const names = ['Run 7', 'b']",
      'It is {names.join(" and ")}, {frontmatter.title}, {false}{null}{<i>x</i>} <Plain>all, of <Value of="sizes.size.mean" /></Plain>.',
    ].join('\n\n')}\n`,
  );
  expect(await built()).toBe('nothing was thrown');
  const html = project.read('dist/tiny/index.html');
  const text = html.slice(html.indexOf('<p>It is'), html.indexOf('</p>', html.indexOf('<p>It is')));
  expect(text.replace(/<[^>]+>/g, '')).toBe('It is Run 7 and b, Tiny, x of all, of 3.');
});

test('a claim that a component makes is refused: nothing holds its sentence against its verdict', async () => {
  page("import Claims from './Claims.astro'", 'It is <Claims />.');
  expect(await built()).toBe(
    `ForgedResult: <Claims> prints data-claim itself, and nothing holds what it says against results.
  content/tiny/index.mdx:9:7
  hint: write <Value>, <Reported>, <Claim>, <ResultTable> or <Figure> in the text itself; between the tags of a component, it prints it by <slot />.`,
  );
  page("export const all = { 'data-value': 'sizes.size.mean' }", 'It is <b {...all}>forty</b>.');
  expect(await built()).toMatch(/^ForgedResult: code prints data-value itself, /);
});

test('what a page gives a component is its own, in every slot, within another one and in a part', async () => {
  project.write(
    'content/tiny/part.mdx',
    'The part has <Value of="sizes.size.mean" />.\n\n<Claim id="size-is-large">The size, <Value of="sizes.size.mean" />, is large.</Claim>\n',
  );
  page(
    "import Slots from './Slots.astro'\nimport Plain from './Plain.astro'\nimport Part from './part.mdx'",
    'It is <Slots>a <Plain>so <Value of="sizes.size.mean" /></Plain><i slot="first">b <Value of="sizes.size.mean" /></i></Slots>.',
    '<Part components={props.components} />',
  );
  expect(await built()).toBe('nothing was thrown');
  project.discard('content/tiny/part.mdx');
  const html = project.read('dist/tiny/index.html');
  const text = html.slice(html.indexOf('<p>It is'), html.indexOf('</article>')).replace(/<[^>]+>/g, '');
  expect(text.replace(/\s+/g, ' ').trim()).toBe(
    'It is A b 3 and a of so 3. The part has 3. The size, 3, is large.',
  );
  expect(html).not.toContain('given-');
});

test('code that fails as it is rendered is told with its place', async () => {
  page('Text.', 'A set {x | x > y} here.');
  expect(await built()).toBe(
    `FailedExpression: the code between these braces fails as the page is rendered: x is not defined
  content/tiny/index.mdx:9:7
  hint: mend it there; braces that are meant as text are written {"{"} and {"}"}, and braces of sets stand in a formula: $\\{x\\}$.`,
  );
  page("import Breaks from './Breaks.astro'", 'It is <Breaks />.');
  expect(await built()).toContain(
    "FailedExpression: <Breaks> fails as the page is rendered: Cannot read properties of undefined (reading 'size')\n  content/tiny/index.mdx:9:7",
  );
});
