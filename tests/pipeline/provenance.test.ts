import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ComputedPaper } from '../../src/cli/compute-paper.ts';
import { publishOutputs } from '../../src/cli/publish-outputs.ts';
import { output } from '../../src/engine/stage/pipeline.ts';
import { unknownOrigin } from '../../src/site/site-origin.ts';
import { createTinyPaper } from './tiny-paper.ts';
import { tinyTraining } from './tiny-training.ts';

test('provenance tells where a published run was made, and its file goes to the site', async () => {
  const paper = createTinyPaper();
  const { training, analysis } = tinyTraining(paper);
  await paper.train(training);
  paper.forgetStore();
  const finished = await paper.run(analysis);
  const folder = join(paper.folder, 'dist');
  mkdirSync(folder);
  paper.write('dist/index.html', '<p></p>');
  const computed = {
    data: { paper: 'tiny', profile: 'paper', tables: {}, values: {}, claims: {} },
    paper: { pipeline: { files: { 'weights/v1.json': output(training, 'result') } } },
    finished,
  } as unknown as ComputedPaper;
  const page = {
    frontmatter: { title: 'Tiny', summary: 'A page.', authors: ['A'], allow: [] },
    sentences: new Map(),
    links: [],
  };
  await publishOutputs(process.cwd(), computed, page, unknownOrigin, folder);
  const { stages } = JSON.parse(paper.read('dist/provenance.json'));
  const { made, witness } = paper.published(training.name);
  expect(stages[training.name]).toMatchObject({
    key: made.key,
    durationMs: made.durationMs,
    published: { made, witness, kept: ['result'], attestations: [] },
  });
  expect(stages['source'].published).toBeUndefined();
  expect(paper.read('dist/weights/v1.json')).toBe(paper.read(`published/${training.name}/weight.json`));
  paper.remove();
});
