/** A check renders no page again for what Astro puts out as it is, and renders for all else that a build could refuse. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { check } from '../../src/cli/check.ts';
import { addToPipeline, explored, importExploration, writeExploration } from './tiny-exploration.ts';
import { createTinyProject, renderedMs, tinyFrontmatter } from './tiny-project.ts';

let project: ReturnType<typeof createTinyProject>;
beforeEach(() => {
  project = createTinyProject(3, false);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  project.remove();
});

const claim = '<Claim id="size-is-large">The size is large.</Claim>';
const page = (...paragraphs: readonly string[]): void =>
  project.write(
    'content/tiny/index.mdx',
    `${tinyFrontmatter}${[claim, ...paragraphs, '## Part'].join('\n\n')}\n`,
  );
const found = async (): Promise<readonly string[]> =>
  (await check(project.root, {})).findings
    .filter(({ severity }) => severity === 'error')
    .map(({ name, where }) => `${name} ${where?.file?.replace(/.*\//, '')}:${where?.line}`);
const rendered = (): number => renderedMs(project.root);

/** A component that refuses a word. */
const picky = `---
const { word = 'refused' } = Astro.props;
if ((await Astro.slots.render('default')).includes(word)) throw new Error(\`'\${word}' was said\`);
---
<p><slot /></p>
`;

/** All kinds of places that a page has ids for. */
const places = [
  '<Figure of="sizes-by-layer" alt="Sizes.">Sizes.[^note]</Figure>',
  '<ResultTable of="sizes">Sizes.</ResultTable>',
  '<Equation id="sum">$a$</Equation>',
  '<Explore of="sizes" />',
  '<p id="own">As <Cite of="knuth" narrative />.</p>',
  '#### A note',
  '<Bibliography />',
  '[^note]: A note.',
];
const placed = [
  'sec-part',
  'fig-sizes-by-layer',
  'tab-sizes',
  'eq-sum',
  'explore-sizes',
  'own',
  'a-note',
  'ref-knuth',
  'user-content-fn-note',
  'user-content-fnref-note',
  'claim-size-is-large',
];
const withPlaces = (): void => {
  project.write(
    'content/tiny/references.bib',
    '@book{knuth, author = {Knuth, D.}, title = {A}, year = {1984}}\n',
  );
  project.write(
    'content/tiny/figures/sizes-by-layer.json',
    '{"data": {"name": "sizes"}, "mark": "point", "encoding": {"x": {"field": "layer"}, "y": {"field": "size", "type": "quantitative"}}}',
  );
  writeExploration(project);
  addToPipeline(project, explored(), importExploration);
};

test('text renders nothing, wherever it stands, and a dead link in it is found all the same', async () => {
  withPlaces();
  await buildResults(project.root, {});
  page('See it.', ...places);
  expect(await found()).toEqual([]);
  const first = rendered();
  // Each place is there before anything is rendered again, and is known to go.
  page(`See ${placed.map((id) => `[it](#${id})`).join(', ')}.`, ...places);
  expect(await found()).toEqual([]);
  page(
    'See *this* [part](#sec-part), <Value of="sizes.layer-0.size" /> and <Ref to="sec:more" />.',
    '## More',
  );
  expect(await found()).toEqual([]);
  page(`See ${placed.map((id) => `[it](#${id})`).join(', ')}.`);
  expect(await found()).toEqual(placed.slice(1, -1).map(() => 'DeadLink index.mdx:9'));
  page('It is 3.');
  expect(await found()).toEqual(['TypedDigit index.mdx:9']);
  page('See it.', '[part]: #other');
  expect(await found()).toEqual(['DeadLink index.mdx:11']);
  page('See [it](card.pgn).');
  expect(await found()).toEqual(['DeadLink index.mdx:9']);
  expect(rendered()).toBe(first);
  // A page more is rendered. It leads to this page's heading, which then goes: no page is rendered for that.
  page('See it.');
  project.write('content/tiny/more.mdx', '---\ntitle: More\n---\n\nSee [it](../#sec-part).\n');
  expect(await found()).toEqual([]);
  const second = rendered();
  expect(second).not.toBe(first);
  project.write(
    'content/tiny/index.mdx',
    project.read('content/tiny/index.mdx').replace('## Part', '## Whole'),
  );
  expect(await found()).toEqual(['DeadLink more.mdx:5']);
  expect(rendered()).toBe(second);
});

test('text is looked at again in a part, and beside code of the page itself', async () => {
  await buildResults(project.root, {});
  project.write('content/tiny/Picky.astro', picky);
  project.write('content/tiny/part.mdx', 'A part.\n');
  page(
    "import Part from './part.mdx'",
    "import Picky from './Picky.astro'",
    '<Picky>A *word*.</Picky>',
    '<Part />',
  );
  expect(await found()).toEqual([]);
  project.write('content/tiny/part.mdx', 'A part of 3.\n');
  expect(await found()).toEqual(['TypedDigit part.mdx:1']);
  project.write('content/tiny/part.mdx', 'Another part.\n');
  expect(await found()).toEqual([]);
  project.write(
    'content/tiny/index.mdx',
    project.read('content/tiny/index.mdx').replace('*word*', '*refused*'),
  );
  expect(await found()).toEqual(['FailedExpression index.mdx:13']);
});

test.each([
  ['a component in the place of paragraphs', "paper({ components: 'content/tiny/own.ts' })", {}],
  [
    'a plugin',
    'paper()',
    {
      vite: "{ plugins: [{ name: 'own', enforce: 'pre', transform(code, id) { if (id.endsWith('.mdx') && code.includes('refused')) throw new Error(\"'refused' was said\"); } }] }",
    },
  ],
])('plain text counts where %s of the project may read it', async (_, integration, more) => {
  await buildResults(project.root, {});
  project.write('content/tiny/Picky.astro', picky);
  project.write('content/tiny/own.ts', "export { default as p } from './Picky.astro';\n");
  project.write(
    'astro.config.mjs',
    `import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
export default defineConfig({ integrations: [${integration}], ${Object.entries(more)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')} });
`,
  );
  page('A word is said.');
  expect(await found()).toEqual([]);
  page('A word is refused.');
  await expect(found()).rejects.toThrow("'refused' was said");
});

test('where no environment says what is built for, nothing is rendered a second time either', async () => {
  await buildResults(project.root, {});
  // To render says it, for all that the process does after.
  vi.stubEnv('NODE_ENV', undefined);
  page('See [it](#sec-part).');
  expect(await found()).toEqual([]);
  const first = rendered();
  vi.stubEnv('NODE_ENV', undefined);
  expect(await found()).toEqual([]);
  expect(rendered()).toBe(first);
});
