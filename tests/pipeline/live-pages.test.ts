/** Under the dev server every kind of edit shows in the page: nothing of before is kept beside it. */
import { renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTinyProject, tinyFrontmatter } from './tiny-project.ts';

/** A loaded machine computes a tiny paper anew within it. */
const patienceMs = 180_000;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const project = createTinyProject(3, false);
const stop = new AbortController();
let port: number;
let said = '';

const text = (prose: string): string =>
  `${tinyFrontmatter}import Note from './Note.astro'

## Of $a$

${prose}

<Note />

<Claim id="size-is-large"><Holds>It is large.</Holds><Fails>It is small.</Fails></Claim>
The original says <Reported of="sizes.layer-0.size" />.

<Figure of="sizes-by-layer" alt="Sizes.">Sizes.</Figure>

<Bibliography />
`;
const figure = (title: string): string =>
  JSON.stringify({
    title,
    data: { name: 'sizes' },
    mark: 'point',
    encoding: { x: { field: 'layer' }, y: { field: 'size', type: 'quantitative' } },
  });
const reported = (size: string): string =>
  JSON.stringify({
    setting: {},
    tables: {
      sizes: {
        columns: [
          { id: 'layer', label: 'layer', unit: null },
          { id: 'size', label: 'size', unit: null },
        ],
        rows: [{ layer: 0, size }],
      },
    },
    statements: [],
  });
const entry = (name: string): string =>
  `@book{knuth, author = {${name}, Donald}, title = {A book}, year = {1984}}\n`;

/** The page, and the drawings that it uses. */
const answer = async (): Promise<string> => {
  const read = async (path: string): Promise<string> =>
    (await fetch(`http://localhost:${port}${path}`)).text();
  try {
    const html = await read('/tiny/');
    const drawings = [...html.matchAll(/<use href="([^"#]+)/g)].map(([, path = '']) => read(path));
    return [html, ...(await Promise.all(drawings))].join('\n');
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
};

/** The page once it says a text. */
const pageWith = async (wanted: string): Promise<string> => {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const html = await answer();
    if (html.includes(wanted)) return html;
    if (performance.now() > untilMs)
      throw new Error(`the page never said '${wanted}':\n${html.slice(0, 2000)}\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

beforeAll(async () => {
  port = await freePort();
  project.write(
    'astro.config.mjs',
    project.read('astro.config.mjs').replace('({ ', `({ server: { port: ${port} }, `),
  );
  project.write('content/tiny/Note.astro', '<p>A note.</p>');
  project.write('content/tiny/figures/sizes-by-layer.json', figure('Oldtitle'));
  project.write('content/tiny/reported.json', reported('31.25'));
  project.write('content/tiny/references.bib', entry('Knuth'));
  project.write('content/tiny/index.mdx', text('A first text.'));
  const server = execa(process.execPath, [join(import.meta.dirname, 'serve-project.ts')], {
    // Where a test is said to run, Astro's server answers nothing.
    env: {
      PROJECT_ROOT: project.root,
      ASTRO_TELEMETRY_DISABLED: '1',
      VITEST: undefined,
      NODE_ENV: undefined,
    },
    cwd: project.root,
    all: true,
    reject: false,
    cancelSignal: stop.signal,
  });
  server.all.on('data', (piece: Buffer) => {
    said += String(piece);
  });
  await pageWith('A first text.');
});
afterAll(() => {
  stop.abort();
  project.remove();
});

test('what a build beside it makes is nothing that it follows', async () => {
  project.write('.paper/dist-of-a-build/site/index.html', '<p>A page.</p>');
  project.write('content/tiny/index.mdx', text('A text after a build.'));
  await pageWith('A text after a build.');
  expect(said).not.toContain('dist-of-a-build');
  project.write('content/tiny/index.mdx', text('A first text.'));
  await pageWith('A first text.');
});

/** What is edited, the file, its text, and what the page then says. */
const edits: readonly (readonly [kind: string, file: string, text: string, shown: string])[] = [
  ['prose', 'index.mdx', text('A second text.'), 'A second text.'],
  ['a formula', 'index.mdx', text('A formula $x^q$, and so.'), 'x^q'],
  ['another formula', 'index.mdx', text('A formula $x^r$, and so.'), 'x^r'],
  ['a reference', 'references.bib', entry('Newname'), 'Newname'],
  ['a component', 'Note.astro', '<p>Another note.</p>', 'Another note.'],
  ['a figure', 'figures/sizes-by-layer.json', figure('Newtitle'), 'Newtitle'],
  ['what the original reports', 'reported.json', reported('31.75'), '31.75'],
  [
    'a claim',
    'claims.ts',
    project.read('content/tiny/claims.ts').replace("'size'), 1,", "'size'), 5,"),
    'It is small.',
  ],
];

test.each(edits)('an edit of %s shows, and nothing of before', async (_, ...edit) => {
  const [file, content, shown] = edit;
  expect((await answer()).includes(shown)).toBe(false);
  project.write(`content/tiny/${file}`, content);
  const html = await pageWith(shown);
  const gone = [
    'A first text.',
    ...(shown === 'x^r' ? ['x^q'] : []),
    ...(shown === 'Newtitle' ? ['Oldtitle'] : []),
    ...(shown === 'It is small.' ? ['It is large.'] : []),
  ];
  expect(gone.filter((old) => html.includes(old))).toEqual([]);
});

test('a component that asks the clock is refused as it is edited, and shows once it is mended', async () => {
  const note = project.read('content/tiny/Note.astro');
  project.write('content/tiny/Note.astro', '<p>Of {Date()}.</p>');
  const isTold = async () => !(await answer()).includes('note.') && said.includes('UnkeyedRead');
  await vi.waitUntil(isTold, { timeout: patienceMs, interval: 500 });
  project.write('content/tiny/Note.astro', note);
  await pageWith('note.');
});

test('a file that is written twice within a moment shows as it was written last', async () => {
  for (const round of [1, 2, 3]) {
    project.write('content/tiny/Note.astro', `<p>A draft of ${'x'.repeat(round)}.</p>`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    project.write('content/tiny/Note.astro', `<p>A version ${'x'.repeat(round)} of the note.</p>`);
    await pageWith(`A version ${'x'.repeat(round)} of the note.`);
  }
  project.write('content/tiny/Note.astro', '<p>Another note.</p>');
  await pageWith('Another note.');
});

/** As editors save: a new file takes the place of the old one. */
const replace = (file: string, content: string): void => {
  project.write('saved', content);
  renameSync(join(project.root, 'saved'), join(project.root, file));
};

test('a stage is run again each time that an editor replaces its file', async () => {
  const stage = project.read('experiments/tiny/sizes.ts');
  const runs = () => said.split('tiny: 1 of 1 stages run').length;
  for (const added of [1, 2, 3]) {
    const before = runs();
    replace(
      'experiments/tiny/sizes.ts',
      stage.replace('layer: 0, size }', `layer: 0, size: size + ${added} }`),
    );
    await vi.waitUntil(() => runs() > before, { timeout: patienceMs, interval: 200 });
  }
});
