/** A check renders no page again for its plain text, and renders for all that could make a build refuse it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { check } from '../../src/cli/check.ts';
import { createTinyProject, tinyFrontmatter } from './tiny-project.ts';

let project: ReturnType<typeof createTinyProject>;
beforeEach(async () => {
  project = createTinyProject(3, false);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await buildResults(project.root, {});
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
  (await check(project.root, {})).findings.map(
    ({ name, where }) => `${name} ${where?.file?.replace(/.*\//, '')}:${where?.line}`,
  );
/** When pages were last rendered and found clean. */
const rendered = (): number => statSync(join(project.root, '.paper/check/rendered-tiny')).mtimeMs;

/** A component that refuses a word. */
const picky = `---
const { word = 'refused' } = Astro.props;
if ((await Astro.slots.render('default')).includes(word)) throw new Error(\`'\${word}' was said\`);
---
<p><slot /></p>
`;

test('plain text alone renders nothing, and a fault of any other kind is found after it', {
  timeout: 300_000,
}, async () => {
  page('See [it](#sec-part).');
  expect(await found()).toEqual([]);
  const first = rendered();
  page('See *this* [part](#sec-part).', 'One more paragraph.');
  expect(await found()).toEqual([]);
  expect(rendered()).toBe(first);
  page('It is 3.');
  expect(await found()).toEqual(['TypedDigit index.mdx:9']);
  page('See *this* [part](#other).');
  expect(await found()).toEqual(['DeadLink index.mdx:9']);
  page('See it.', '[part]: #other');
  expect(await found()).toEqual(['DeadLink index.mdx:11']);
  // The text of before is as good as it was.
  page('See *this* [part](#sec-part).');
  expect(await found()).toEqual([]);
  // A further page leads here, and this page's heading goes.
  project.write('content/tiny/more.mdx', '---\ntitle: More\n---\n\nSee [it](../#sec-part).\n');
  expect(await found()).toEqual([]);
  project.write(
    'content/tiny/index.mdx',
    project.read('content/tiny/index.mdx').replace('## Part', '## Whole'),
  );
  project.write(
    'content/tiny/index.mdx',
    project.read('content/tiny/index.mdx').replace('(#sec-part)', '(#sec-whole)'),
  );
  expect(await found()).toEqual(['DeadLink more.mdx:5']);
});

test('text is looked at again in a part, and beside code of the page itself', {
  timeout: 300_000,
}, async () => {
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
])(
  'plain text counts where %s of the project may read it',
  { timeout: 300_000 },
  async (_, integration, more) => {
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
  },
);

test('where no environment says what is built for, nothing is rendered a second time either', async () => {
  // To render says it, for all that the process does after.
  vi.stubEnv('NODE_ENV', undefined);
  page('See [it](#sec-part).');
  expect(await found()).toEqual([]);
  const first = rendered();
  vi.stubEnv('NODE_ENV', undefined);
  expect(await found()).toEqual([]);
  expect(rendered()).toBe(first);
});
