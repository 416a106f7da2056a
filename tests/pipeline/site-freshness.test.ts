import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { nameOfProcess } from '../../src/engine/run/process-identity.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
afterAll(() => project.remove());
const page = (word: string): string =>
  `---
title: Tiny
summary: A page.
authors: [A]
original: { title: T, authors: B, date: D }
---

A ${word} of size <Value of="sizes.size.mean" />.

<Claim id="size-is-large">The size is large.</Claim>
`;
project.write('content/tiny/index.mdx', page('page'));
const dist = 'dist/tiny/index.html';

test('a number laid by hand where earlier builds left theirs is not printed', async () => {
  await acceptVerdicts(project.root, {}, 'all');
  project.write('.paper/site/tiny.json', '{"values":{"sizes.size.mean":{"value":0.42}}}');
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect(project.read(dist)).toMatch(/data-value="sizes\.size\.mean"[^>]*data-raw="3"/);
  expect(project.read(dist)).not.toContain('0.42');
});

test('what is up to date is not rendered, and whatever was touched is', async () => {
  const again = async (): Promise<string> => (await buildSite(project.root, {})).dist;
  const whole = project.read(dist);
  const { mtimeMs } = statSync(join(project.root, dist));
  expect(await again()).toBe('fresh');
  expect(statSync(join(project.root, dist)).mtimeMs).toBe(mtimeMs);

  project.write(dist, whole.replace('data-raw="3"', 'data-raw="0.42"'));
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toBe(whole);

  // A paper with packages of its own is a package itself, and is looked at once: as the project's own.
  mkdirSync(join(project.root, 'node_modules'), { recursive: true });
  symlinkSync('../experiments/tiny', join(project.root, 'node_modules', 'tiny'));
  expect(await again()).toBe('fresh');

  // What a page shows is printed, wherever it stands.
  project.write('experiments/tiny/tests/notes.txt', 'nothing that is run');
  expect(await again()).toBe('fresh');
  const shown = '\n<Source of="experiments/tiny/tests/notes.txt">Notes.</Source>\n';
  project.write('content/tiny/index.mdx', page('page') + shown);
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toContain('<pre><code>nothing that is run</code></pre>');
  expect(await again()).toBe('fresh');
  project.write('experiments/tiny/tests/notes.txt', 'what is <b>run</b>\n\n  twice');
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toContain('<pre><code>what is &lt;b&gt;run&lt;/b&gt;\n\n  twice</code></pre>');
  project.discard('experiments/tiny/tests/notes.txt');
  expect(await rejectionText(again())).toContain(
    "UnknownSource: there is no file 'experiments/tiny/tests/notes.txt'",
  );
  project.write('content/tiny/index.mdx', page('page'));
  expect(await again()).toBe('rendered');

  project.write('dist/tiny/added.html', '0.42');
  expect(await again()).toBe('rendered');
  expect(existsSync(join(project.root, 'dist/tiny/added.html'))).toBe(false);

  project.write('.paper/site/manifest.json', '{');
  expect(await again()).toBe('rendered');

  project.write('content/tiny/index.mdx', page('leaf'));
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toContain('A leaf of size');
  expect(await again()).toBe('fresh');
});

test('a folder of a build that was killed is cleared, and none is left', async () => {
  // No process has this number: it is above what any system gives.
  mkdirSync(join(project.root, `.paper/dist-${nameOfProcess().replace(/^\d+/, '999999999')}`), {
    recursive: true,
  });
  rmSync(join(project.root, 'dist'), { recursive: true });
  await buildSite(project.root, {});
  expect(readdirSync(join(project.root, '.paper')).filter((name) => name.startsWith('dist'))).toEqual([]);
});

test('an edit of anything that a page could import renders again, where it stands with the project', async () => {
  const again = async (): Promise<string> => (await buildSite(project.root, {})).dist;
  for (const file of ['docs/figures.json', 'experiments/tiny/words.json']) {
    project.write(file, '[1]');
    expect(await again()).toBe('rendered');
    expect(await again()).toBe('fresh');
    project.write(file, '[2]');
    expect(await again()).toBe('rendered');
  }
});

test('what a page imports from where nothing is looked at renders again, and nothing else there does', async () => {
  const again = async (): Promise<string> => (await buildSite(project.root, {})).dist;
  const outside = mkdtempSync(join(dirname(project.root), 'outside-'));
  const [first, second] = ['tests', 'experiments/tiny/tests'].map((folder) => join(project.root, folder));
  const places = [outside, first!, second!];
  const names = ['outer', 'tested', 'trial'];
  const put = (folder: string, name: string, word: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), word);
  };
  try {
    for (const place of places) {
      // By way of a module: what it imports in its turn counts as well.
      put(place, 'word.ts', "export { word } from './deep.ts';");
      put(place, 'deep.ts', "export const word = 'first';");
      put(place, 'beside.ts', '1');
    }
    const imports = places.map((place, at) => `import { word as ${names[at]} } from '${place}/word.ts';`);
    const said = names.map((name) => `{${name}}`).join(' ');
    project.write(
      'content/tiny/index.mdx',
      page('page').replace('\n\nA ', `\n\n${imports.join('\n')}\n\n${said} `),
    );
    expect(await again()).toBe('rendered');
    expect(project.read(dist)).toContain('first first first');
    for (const place of places) put(place, 'beside.ts', '2');
    expect(await again()).toBe('fresh');
    for (const place of places) {
      put(place, 'deep.ts', "export const word = 'second';");
      expect(await again()).toBe('rendered');
    }
    expect(project.read(dist)).toContain('second second second');
  } finally {
    rmSync(outside, { recursive: true });
    project.write('content/tiny/index.mdx', page('page'));
    await buildSite(project.root, {});
  }
});

test('what links lead to renders again, under each of their names', async () => {
  const again = async (): Promise<string> => (await buildSite(project.root, {})).dist;
  const outside = mkdtempSync(join(dirname(project.root), 'outside-'));
  try {
    writeFileSync(join(outside, 'a.txt'), 'a');
    mkdirSync(join(project.root, 'public'));
    symlinkSync(outside, join(project.root, 'public', 'one'));
    expect(await again()).toBe('rendered');
    symlinkSync(outside, join(project.root, 'public', 'two'));
    expect(await again()).toBe('rendered');
    expect(await again()).toBe('fresh');
  } finally {
    rmSync(join(project.root, 'public'), { recursive: true });
    rmSync(outside, { recursive: true });
  }
});

test('what provenance tells of the code is the code of now', async () => {
  const filesOf = (): readonly string[] =>
    JSON.parse(project.read('dist/tiny/provenance.json')).stages.sizes.code.files;
  project.write('experiments/tiny/words.ts', 'export const one = 1;');
  const code = project.read('experiments/tiny/sizes.ts');
  const reading = (name: string): void =>
    project.write(
      'experiments/tiny/sizes.ts',
      code
        .replace('export const', `import { one } from './${name}.ts';\nexport const`)
        .replace('layer: 0', 'layer: one - 1'),
    );
  reading('words');
  await buildSite(project.root, {});
  expect(filesOf()).toContain('experiments/tiny/words.ts');
  project.discard('experiments/tiny/words.ts');
  project.write('experiments/tiny/renamed.ts', 'export const one = 1;');
  reading('renamed');
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect(filesOf()).toContain('experiments/tiny/renamed.ts');
  project.write('experiments/tiny/sizes.ts', code);
  await buildSite(project.root, {});
});

test('an edit while a site is rendered, taken back afterwards, does not stay', async () => {
  const before = project.read('content/tiny/index.mdx');
  project.write('content/tiny/index.mdx', page('word'));
  const building = buildSite(project.root, {});
  const isRendering = (): boolean =>
    readdirSync(join(project.root, '.paper')).some((name) => name.startsWith(`dist-${nameOfProcess()}`));
  while (!isRendering()) await new Promise((resolve) => setTimeout(resolve, 1));
  project.write('content/tiny/index.mdx', page('meanwhile'));
  await building;
  project.write('content/tiny/index.mdx', page('word'));
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect(project.read(dist)).toContain('A word of size');
  project.write('content/tiny/index.mdx', before);
  await buildSite(project.root, {});
});

test('a site that a killed build left aside is put back, also by a build that fails', async () => {
  const whole = project.read(dist);
  const text = project.read('content/tiny/index.mdx');
  renameSync(join(project.root, 'dist'), join(project.root, '.paper/dist-before'));
  project.write('content/tiny/index.mdx', `${text}\n<Value of="nope" />\n`);
  expect(await rejectionText(buildSite(project.root, {}))).toMatch(/^UnknownValue: /);
  expect(project.read(dist)).toBe(whole);
  project.write('content/tiny/index.mdx', text);
});

test('a page whose twin is misnamed stops the build, and dist stays', async () => {
  const before = project.read(dist);
  mkdirSync(join(project.root, 'content/tinny'));
  writeFileSync(join(project.root, 'content/tinny/index.mdx'), page('page'));
  expect(await rejectionText(buildSite(project.root, {}))).toBe(
    [
      'PaperWithoutExperiments: content/tinny has no experiments/tinny/pipeline.ts.',
      '  expected one of experiments/tiny',
      '  hint: write experiments/tinny/pipeline.ts, or move content/tinny away.',
    ].join('\n'),
  );
  expect(project.read(dist)).toBe(before);
});
