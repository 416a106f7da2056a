import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'astro';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildSite } from '../../src/cli/build-site.ts';
import { paperErrorIn } from '../../src/cli/paper-error-in.ts';
import { formatError } from '../../src/engine/stage/index.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject, tinyFrontmatter } from './tiny-project.ts';

/** Each project is imported anew: a process keeps the modules that it has loaded. */
let project: ReturnType<typeof createTinyProject>;
beforeEach(() => {
  project = createTinyProject(3, false);
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  project.remove();
});

const page = (...paragraphs: readonly string[]): void =>
  project.write('content/tiny/index.mdx', `${tinyFrontmatter}${paragraphs.join('\n\n')}\n`);
const html = (): string => project.read('dist/tiny/index.html');
const built = async (): Promise<string> => rejectionText(buildSite(project.root, {}));

test('a page without original, claims, tables, figures or references is whole, and holds no dead link', async () => {
  for (const file of ['claims.ts', 'reported.json', 'references.bib'])
    project.discard(`content/tiny/${file}`);
  page('A page of size <Value of="sizes.size.mean" />.', '<Bibliography />');
  await buildSite(project.root, {});
  expect(html()).toContain('A page of size <a class="value"');
  // The commit stands on every page whose folder lies in a repository.
  const body = html()
    .slice(html().indexOf('<body'))
    .replace(/<section class="origin".*?<\/section>/s, '');
  expect(body).not.toMatch(/reported|class="original"|after “|<ol|<h2|<table|<figure|<section/);
  expect(project.read('dist/index.html')).not.toMatch(/original|after “/);
  const hrefs = [...html().matchAll(/href="([^"#:]+)"/g)].map(([, href = '']) => href);
  expect(hrefs).toContain('results.json');
  const missing = hrefs.filter((href) => {
    const path = join(project.root, 'dist', href.startsWith('/') ? href : `tiny/${href}`);
    return !existsSync(path);
  });
  expect(missing).toEqual([]);
  expect(JSON.parse(project.read('dist/tiny/results.json')).claims).toEqual({});
});

test('the home page lists a guide after the papers, as no finding', async () => {
  page('A page.');
  project.write(
    'content/aid/index.mdx',
    '---\ntitle: How to\nkind: guide\nsummary: In short.\nauthors: [A]\n---\n\nA page.\n',
  );
  project.write(
    'experiments/aid/pipeline.ts',
    "export const profiles = ['whole'];\nexport const defaultProfile = 'whole';\nexport const pipeline = () => ({ paper: 'aid', locked: false, files: {}, results: [] });\n",
  );
  await buildSite(project.root, {});
  const home = project.read('dist/index.html');
  expect(home.match(/<h2>/g)).toHaveLength(1);
  expect(home).toMatch(
    /<\/article>\s*<section class="add-yours"[^>]*>(?!.*<article>)[\s\S]*<p>\s*<a href="\/aid\/">How to<\/a>:\s+In short\./,
  );
});

test('a page is compiled once', async () => {
  project.write(
    'astro.config.mjs',
    `import { appendFileSync } from 'node:fs';
import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
const count = { name: 'count', transform: (code, id) => {
  if (id.endsWith('/content/tiny/index.mdx')) appendFileSync('${project.root}/compiled', 'once ');
} };
export default defineConfig({ integrations: [paper()], vite: { plugins: [count] } });
`,
  );
  await buildSite(project.root, {});
  expect(project.read('compiled')).toBe('once ');
});

test('a mistake in a page is told as itself, the first in the text, and dist stays', async () => {
  page('Text.', 'See [it](#nothing).', '<Claim id="size-is-large"><Fails>No.</Fails></Claim>', 'It is 3.');
  expect(await built()).toBe(
    `MissingSentence: claim 'size-is-large' has no sentence for its verdict, which is 'holds'.
  content/tiny/index.mdx:11:1
  the size is above one: layer-0 has 3 against 1
  hint: add to it: <Holds>what is true instead.</Holds>`,
  );
  expect(project.read('dist/index.html')).toBe('the site of before');
});

test('a link that leads nowhere is told with its line, and dist stays', async () => {
  page('See [the data](results.json), [it](#nothing).', '## Results', 'And so on.');
  expect(await built()).toBe(
    `DeadLink: the link '#nothing' leads to an anchor that its page does not have.
  content/tiny/index.mdx:7:31
  hint: none is called like it: there is sec-results.`,
  );
  expect(project.read('dist/index.html')).toBe('the site of before');
});

test('frontmatter that is wrong is told with the line of its key', async () => {
  project.write('content/tiny/index.mdx', '---\ntitel: Tiny\nsummary: A page.\nauthors: [A]\n---\n\nText.\n');
  expect(await built()).toBe(
    `BadFrontmatter: there is no key 'titel'.
  content/tiny/index.mdx:2:1
  hint: did you mean 'title'?`,
  );
});

test('what does not parse is told with its place', async () => {
  page('Text.', 'A <b>word.');
  expect(await built()).toContain('BadMdx: Expected a closing tag for `<b>` (9:3-9:6)');
});

test('a page that Astro alone would render has nothing to print', async () => {
  const error = await build({ root: project.root, logLevel: 'silent' }).catch((thrown: unknown) => thrown);
  expect(formatError(paperErrorIn(error)!)).toBe(
    `NotComputed: this build computed no paper.
  expected what its own process computed; received nothing
  hint: pages print what their own build computed: use \`npm run build\` or \`npm run dev\`, not Astro alone.`,
  );
});

test('a sentence of results.json is the one of the page', async () => {
  page(
    '<Claim id="size-is-large"><Holds>The $n$ is <Value of="sizes.size.mean" />, *large*.</Holds><Fails>No.</Fails></Claim>',
  );
  await buildSite(project.root, {});
  const { claims } = JSON.parse(project.read('dist/tiny/results.json'));
  expect(claims['size-is-large'].sentence).toBe('The $n$ is 3, large.');
  expect(html()).not.toContain('No.');
});

test('a download that is not published is not offered', async () => {
  const pipeline = project.read('experiments/tiny/pipeline.ts');
  project.write(
    'experiments/tiny/pipeline.ts',
    pipeline.replace('files: {},', "files: {}, downloads: [{ path: 'sizes.json', label: 'sizes' }],"),
  );
  expect(await built()).toBe(
    `UnknownDownload: the page would offer 'sizes.json', which is not published.
  experiments/tiny/pipeline.ts
  hint: publish it: \`files: { 'sizes.json': output(stage, 'name') }\`, or take it from \`downloads\`.`,
  );
});

test('what is published stands below the paper', async () => {
  const pipeline = project.read('experiments/tiny/pipeline.ts');
  project.write(
    'experiments/tiny/pipeline.ts',
    pipeline.replace(
      'files: {},',
      "files: { '../escaped.json': { stage: stage('published', sizes, { params: { size: 2 } }), output: 'result' } },",
    ),
  );
  expect(await built()).toContain("BadPublicPath: '../escaped.json' is no path of a file below tiny/.");
});

test('a claim leaves the spaces of its sentence as they are written', async () => {
  page(
    'So <Claim id="size-is-large">it *is*.</Claim> And then (<Claim id="size-is-large-too"><Holds>yes</Holds></Claim>).',
  );
  const claims = project.read('content/tiny/claims.ts');
  const [one = ''] = /'size-is-large': .*\n.*\n/.exec(claims) ?? [];
  project.write('content/tiny/claims.ts', claims.replace(one, one + one.replace('large', 'large-too')));
  await buildSite(project.root, {});
  const text = html().slice(html().indexOf('<p>So'), html().indexOf('</p>', html().indexOf('<p>So')));
  expect(text.replace(/<[^>]+>/g, '')).toBe('So it is. And then (yes).');
});

test('components and styles of a site stand in the place of, and after, those of the integration', async () => {
  project.write('own/Value.astro', '---\nconst { of } = Astro.props;\n---\n<b class="own">{of}</b>\n');
  project.write('own/components.ts', "export { default as Value } from './Value.astro';\n");
  project.write('own/own.css', '.own { color: rebeccapurple; }\n');
  const config = (components: string): void =>
    project.write(
      'astro.config.mjs',
      `import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
export default defineConfig({ integrations: [paper({ components: '${components}', styles: ['own/own.css'] })] });
`,
    );
  config('own/components.ts');
  page('A size of <Value of="sizes.size.mean" />.');
  await buildSite(project.root, {});
  expect(html()).toContain('<b class="own">sizes.size.mean</b>');
  const sheets = [...html().matchAll(/href="\/(_astro\/[^"]+\.css)"/g)].map(([, sheet]) =>
    project.read(`dist/${sheet}`),
  );
  expect(sheets.join('')).toMatch(/\.own\{color:(rebeccapurple|#639)\}/);
});

test('an option that names no file is told', async () => {
  project.write(
    'astro.config.mjs',
    `import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
export default defineConfig({ integrations: [paper({ styles: ['own.css'] })] });
`,
  );
  expect(await built()).toBe(
    `BadSiteOption: paper() was given a file for 'styles' that is not there: own.css.
  astro.config.mjs
  hint: paths begin at the root of the project: correct it, or leave the option out.`,
  );
});
