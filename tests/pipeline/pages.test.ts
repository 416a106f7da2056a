import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { check } from '../../src/cli/check.ts';
import { acceptValues, diff } from '../../src/cli/diff.ts';
import { why } from '../../src/cli/why.ts';
import { generatedNames } from '../../src/site/page-files.ts';
import { searchRecords } from '../../src/site/search/search-records.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

/** Each project is imported anew: a process keeps the modules that it has loaded. */
let project: ReturnType<typeof createTinyProject>;
beforeEach(() => {
  project = createTinyProject(3, false);
  project.write(
    'content/tiny/references.bib',
    '@book{knuth1984,\n  author = {Knuth, Donald E.},\n  title = {Texts},\n  year = {1984}\n}\n@book{lamport1986,\n  author = {Lamport, Leslie},\n  title = {Times},\n  year = {1986}\n}\n',
  );
  main('A page.', '<Bibliography />');
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  project.remove();
});

const claim = '<Claim id="size-is-large">The size is large.</Claim>';
const main = (...paragraphs: readonly string[]): void =>
  project.write(
    'content/tiny/index.mdx',
    `---\ntitle: Tiny\nsummary: A page.\nauthors: [A]\nallow: [V1]\n---\n\n${paragraphs.join('\n\n')}\n`,
  );
const further = (name: string, title: string, ...paragraphs: readonly string[]): void =>
  project.write(`content/tiny/${name}.mdx`, `---\ntitle: ${title}\n---\n\n${paragraphs.join('\n\n')}\n`);
const html = (page = ''): string => project.read(`dist/tiny/${page}index.html`);
const built = async (): Promise<string> => rejectionText(buildSite(project.root, {}));

test('a paper has the pages of its folder, each with its components, its links and its own sections', async () => {
  main(
    'See <Ref to="sec:setup" />, <Ref to="page:method" /> and <Ref to="tab:sizes" />.',
    '## Results {#results}',
    'Text.',
    '<Bibliography />',
  );
  further(
    'method',
    'Method',
    'Of V1, after <Cite of="knuth1984" />: <Value of="sizes.size.mean" />, as <Ref to="sec:results" /> says.',
    claim,
    '## What',
    'Text.',
    '## Setup {#setup}',
    '<ResultTable of="sizes">Sizes.</ResultTable>',
  );
  await buildSite(project.root, {});
  const [page, method] = [html(), html('method/')];
  expect(page).toMatch(/href="method\/#sec-setup">Method, 2</);
  expect(page).toMatch(/href="method\/">Method</);
  expect(page).toMatch(/href="method\/#tab-sizes" data-of="Method">Table 1</);
  expect(method).toMatch(/<h1>Method<\/h1>/);
  expect(method).toMatch(/<title>Method · Tiny<\/title>/);
  expect(method).toMatch(/href="\.\.\/#sec-results">the paper, 1</);
  expect(method).toMatch(/href="\.\.\/#ref-knuth1984"/);
  expect(method).toMatch(/href="\.\.\/tables\/sizes\/"/);
  expect(method).toMatch(/id="claim-size-is-large"[^>]*data-claim/);
  expect(method).toMatch(/href="\.\.\/claims\/#size-is-large"/);
  expect(method).toMatch(/<li>\s*<a href="\.\.\/">\s*The paper\s*<\/a>/);
  expect(method).toMatch(/<a href="\.\.\/method\/" aria-current="page">\s*Method\s*<\/a>/);
  expect(page).toContain('id="ref-knuth1984"');
  // What is said of a claim leads to the page that it stands on.
  expect(html('claims/')).toContain('href="/tiny/method/#claim-size-is-large"');
  const { claims } = JSON.parse(project.read('dist/tiny/results.json'));
  expect(claims['size-is-large'].sentence).toBe('The size is large.');
  const records = searchRecords(join(project.root, 'dist'), ['tiny']);
  expect(records).toContainEqual(
    expect.objectContaining({ kind: 'section', url: '/tiny/method/#sec-setup', title: '2 Setup' }),
  );
  expect(records).toContainEqual(
    expect.objectContaining({ kind: 'page', url: '/tiny/method/', title: 'Method', of: 'Tiny' }),
  );
});

test('tables, figures and equations are counted over the pages in their order', async () => {
  project.write(
    'content/tiny/index.mdx',
    project.read('content/tiny/index.mdx').replace('allow:', 'pages: [zeta, alpha]\nallow:') +
      '\n<Equation id="first">\n$$\na\n$$\n</Equation>\n',
  );
  further('alpha', 'Alpha', claim, '<Equation id="third">\n$$\na\n$$\n</Equation>', '<Ref to="eq:second" />');
  further('zeta', 'Zeta', '<Equation id="second">\n$$\na\n$$\n</Equation>');
  await buildSite(project.root, {});
  expect(html('zeta/')).toMatch(/\(2\)/);
  expect(html('alpha/')).toMatch(/\(3\)/);
  expect(html('alpha/')).toMatch(/href="\.\.\/zeta\/#eq-second" data-of="Zeta">Equation 2</);
  expect(html().indexOf('href="zeta/"')).toBeLessThan(html().indexOf('href="alpha/"'));
});

test('a page with a list of its own cites by it, and others by that of the paper', async () => {
  further('own', 'Own', claim, '<Cite of="lamport1986" />', '<Bibliography />');
  further('shared', 'Shared', '<Cite of="knuth1984" />');
  await buildSite(project.root, {});
  expect(html('own/')).toContain('href="#ref-lamport1986"');
  expect(html('shared/')).toContain('href="../#ref-knuth1984"');
  expect(html()).toContain('id="ref-knuth1984"');
  main('After <Cite of="knuth1984" />.');
  await buildSite(project.root, {});
  expect(html()).toContain('href="own/#ref-knuth1984"');
  expect(html('shared/')).toContain('href="../own/#ref-knuth1984"');
});

test('a file without a frontmatter is a part, and no page', async () => {
  project.write('content/tiny/part.mdx', 'A part.\n');
  main("import Part from './part.mdx'", claim, '<Part />', '<Bibliography />');
  await buildSite(project.root, {});
  expect(html()).toContain('A part.');
  expect(existsSync(join(project.root, 'dist/tiny/part'))).toBe(false);
});

test('a mistake on a further page is told with its place, and dist stays', async () => {
  further('method', 'Method', claim, 'It is 3.');
  expect(await built()).toMatch(
    /^TypedDigit: '3\.' is typed in the prose.*\n {2}content\/tiny\/method\.mdx:7:7\n/,
  );
  further('method', 'Method', claim, '[dead](../#nothing)');
  expect(await built()).toBe(
    `DeadLink: the link '../#nothing' leads to an anchor that its page does not have.
  content/tiny/method.mdx:7:1
  hint: none is called like it: there are ref-knuth1984, ref-lamport1986.`,
  );
  further('method', 'Method', claim, '<Cite of="knuth1984" />');
  main('No list.');
  expect(await built()).toBe(
    `DeadLink: the link '../#ref-knuth1984' leads to an anchor that its page does not have.
  content/tiny/method.mdx:7:1
  hint: the page has no bibliography: write <Bibliography /> where it belongs.`,
  );
  expect(project.read('dist/index.html')).toBe('the site of before');
});

test('names that no page can have are told', async () => {
  main(claim);
  further('tables', 'Tables');
  expect(await built()).toBe(
    `PageNameTaken: the build itself makes 'tiny/tables/'.
  content/tiny/tables.mdx
  taken are changes, claims, explorations, figures, recompute, source, tables, values
  hint: give the file another name: \`git mv content/tiny/tables.mdx content/tiny/tables-notes.mdx\`.`,
  );
  project.discard('content/tiny/tables.mdx');
  further('MyNotes', 'Notes');
  expect(await built()).toBe(
    `BadPageName: 'MyNotes' cannot be the address of a page.
  content/tiny/MyNotes.mdx
  expected small letters and digits, with single hyphens between them
  hint: give the file another name: \`git mv 'content/tiny/MyNotes.mdx' content/tiny/my-notes.mdx\`.`,
  );
  project.discard('content/tiny/MyNotes.mdx');
  project.write('content/tiny/notes.mdx', 'Text.\n');
  expect(await built()).toBe(
    `PageWithoutTitle: 'notes.mdx' has no title, and no page imports it.
  content/tiny/notes.mdx
  expected a page of the paper, or a part that another page imports
  hint: for a page, begin the file with \`---\`, a line \`title: …\` and \`---\`; for a part, import it: \`import Part from './notes.mdx'\`.`,
  );
  project.write('content/tiny/notes.mdx', '---\nallow: [V2]\n---\n\nText.\n');
  expect(await built()).toMatch(
    /^BadFrontmatter: 'title' is missing\.\n {2}content\/tiny\/notes\.mdx(:1:1)?\n {2}hint: add a line: `title: What was found`\.$/,
  );
});

test('what stands on two pages, and what no page has, is told where it is written', async () => {
  main(claim, 'See <Ref to="sec:nowhere" />.');
  further('method', 'Method', '## Setup', claim);
  const { findings } = await check(project.root, {});
  expect(
    findings.map(({ name, message, where }) => `${name} ${message} ${where?.file}:${where?.line}`),
  ).toEqual([
    `UnknownReference there is nothing named 'sec:nowhere' to refer to. content/tiny/index.mdx:10`,
    `DuplicateId claim 'size-is-large' stands on two pages: it is in content/tiny/index.mdx:8 too. content/tiny/method.mdx:7`,
  ]);
});

test('a name on two other pages is told apart by its page', async () => {
  further('method', 'Method', '## Setup');
  further('notes', 'Notes', '## Setup');
  main(claim, 'See <Ref to="sec:setup" />.');
  expect(await built()).toBe(
    `AmbiguousReference: 'sec:setup' is a name on 2 other pages: method and notes.
  content/tiny/index.mdx:10:5
  hint: say which page is meant: <Ref to="method/sec:setup" />.`,
  );
  main(claim, 'See <Ref to="notes/sec:setup" />.');
  await buildSite(project.root, {});
  expect(html()).toMatch(/href="notes\/#sec-setup">Notes, 1</);
});

test('the names that no page may have are those of the routes', async () => {
  const routes = readFileSync(new URL('../../src/site/integration.ts', import.meta.url), 'utf8');
  const below = [...routes.matchAll(/'\/\[paper\]\/([a-z]+)/g)].map(([, name]) => name);
  expect([...new Set(below)].filter((name) => !generatedNames.includes(name ?? ''))).toEqual([]);
  expect(below).toContain('tables');
});

test('results that a further page shows are used, explained and compared', async () => {
  project.remove();
  project = createTinyProject(3, true);
  further('method', 'Method', 'Of <Value of="sizes.size.mean" />.');
  const { findings } = await check(project.root, {});
  expect(findings.map(({ name }) => name)).toEqual([]);
  const [explained] = await why(project.root, {}, ['sizes.size.mean']);
  expect(explained?.places).toEqual(['content/tiny/method.mdx:5:4 <Value>']);
  await acceptVerdicts(project.root, {}, 'all');
  await acceptValues(project.root, {});
  const lock = project.read('content/tiny/values.lock.json');
  expect(lock).toContain('"sizes.size": {"mean":"3"}');
  project.write('content/tiny/values.lock.json', lock.replace('{"mean":"3"}', '{"mean":"4"}'));
  const [changed] = await diff(project.root, {});
  expect(changed?.changes).toContainEqual(
    expect.objectContaining({ id: 'sizes.size.mean', at: 'content/tiny/method.mdx:5:4' }),
  );
});

test('a paper that asserts nothing has no page of claims, and no link to one', async () => {
  rmSync(join(project.root, 'content/tiny/claims.ts'));
  main('A page, and <Value of="sizes.size.mean" />.', '<ResultTable of="sizes">Sizes.</ResultTable>');
  further('method', 'Method', 'Text.');
  await buildSite(project.root, {});
  expect(existsSync(join(project.root, 'dist/tiny/claims'))).toBe(false);
  for (const text of [html(), html('method/')]) expect(text).not.toContain('claims/');
  const records = searchRecords(join(project.root, 'dist'), ['tiny']);
  expect(records.map(({ kind }) => kind)).not.toContain('claim');
});
