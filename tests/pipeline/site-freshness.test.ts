import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
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

test('a number laid by hand where earlier builds left theirs is not printed', {
  timeout: 120_000,
}, async () => {
  await acceptVerdicts(project.root, {}, 'all');
  project.write('.paper/site/tiny.json', '{"values":{"sizes.size.mean":{"value":0.42}}}');
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect(project.read(dist)).toMatch(/data-value="sizes\.size\.mean"[^>]*data-raw="3"/);
  expect(project.read(dist)).not.toContain('0.42');
});

test('what is up to date is not rendered, and whatever was touched is', { timeout: 240_000 }, async () => {
  const again = async (): Promise<string> => (await buildSite(project.root, {})).dist;
  const whole = project.read(dist);
  const { mtimeMs } = statSync(join(project.root, dist));
  expect(await again()).toBe('fresh');
  expect(statSync(join(project.root, dist)).mtimeMs).toBe(mtimeMs);

  project.write(dist, whole.replace('data-raw="3"', 'data-raw="0.42"'));
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toBe(whole);

  // A paper with packages of its own is a package itself: what its pages hold of it, its stages' keys tell.
  mkdirSync(join(project.root, 'node_modules'), { recursive: true });
  symlinkSync('../experiments/tiny', join(project.root, 'node_modules', 'tiny'));
  project.write('experiments/tiny/notes.txt', 'nothing that is run');
  expect(await again()).toBe('fresh');

  // But what a page shows is printed, wherever it stands.
  const shown = '\n<Source of="experiments/tiny/notes.txt">Notes.</Source>\n';
  project.write('content/tiny/index.mdx', page('page') + shown);
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toContain('<pre><code>nothing that is run</code></pre>');
  expect(await again()).toBe('fresh');
  project.write('experiments/tiny/notes.txt', 'what is <b>run</b>\n\n  twice');
  expect(await again()).toBe('rendered');
  expect(project.read(dist)).toContain('<pre><code>what is &lt;b&gt;run&lt;/b&gt;\n\n  twice</code></pre>');
  project.discard('experiments/tiny/notes.txt');
  expect(await rejectionText(again())).toContain(
    "UnknownSource: there is no file 'experiments/tiny/notes.txt'",
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

test('a folder of a build that was killed is cleared, and none is left', { timeout: 120_000 }, async () => {
  // No process has this number: it is above what any system gives.
  mkdirSync(join(project.root, `.paper/dist-${nameOfProcess().replace(/^\d+/, '999999999')}`), {
    recursive: true,
  });
  rmSync(join(project.root, 'dist'), { recursive: true });
  await buildSite(project.root, {});
  expect(readdirSync(join(project.root, '.paper')).filter((name) => name.startsWith('dist'))).toEqual([]);
});

test('an edit of anything that a page could import renders again', { timeout: 120_000 }, async () => {
  project.write('docs/figures.json', '[1]');
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
  expect((await buildSite(project.root, {})).dist).toBe('fresh');
  project.write('docs/figures.json', '[2]');
  expect((await buildSite(project.root, {})).dist).toBe('rendered');
});

test('an edit while a site is rendered, taken back afterwards, does not stay', {
  timeout: 120_000,
}, async () => {
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

test('a site that a killed build left aside is put back, also by a build that fails', {
  timeout: 60_000,
}, async () => {
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
