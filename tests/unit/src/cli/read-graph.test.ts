import { expect, test } from 'vitest';
import { z } from 'zod';
import { readGraph } from '../../../../src/cli/read-graph.ts';
import { PaperError, stage } from '../../../../src/engine/stage/index.ts';
import { errorText } from '../../../error-text.ts';

const file = 'experiments/tiny/pipeline.ts';
const placed = { name: 'sizes', code: { inputs: {}, outputs: { result: 'sizes.json' } }, inputs: {} };
const graph = { paper: 'tiny', locked: true, results: [placed], files: {} };
const said = (given: () => unknown): string => errorText(() => readGraph('/project', 'tiny', file, given));

test('a graph is given on as it is', () => {
  expect(readGraph('/project', 'tiny', file, () => graph)).toBe(graph);
  const repeated = { name: 'sizes', replicates: [{ seed: 1, stage: placed }] };
  expect(said(() => ({ ...graph, results: [repeated] }))).toBe('nothing was thrown');
});

test('the graph of another paper, such as a copied one, is refused with the line to write', () => {
  expect(said(() => ({ ...graph, paper: 'copied' }))).toBe(
    `BadPaperModule: experiments/tiny/pipeline.ts gives the graph of another paper.
  experiments/tiny/pipeline.ts
  expected paper 'tiny', as its folder is named; received 'copied'
  hint: write \`paper: 'tiny'\` there.`,
  );
});

test('what is no graph is told with the part that is wrong', () => {
  const { files: _, ...without } = graph;
  expect(said(() => without)).toBe(
    `BadPaperModule: what pipeline() of experiments/tiny/pipeline.ts gives is no graph of a paper.
  experiments/tiny/pipeline.ts
  files: Invalid input: expected record, received undefined
  hint: return { paper, locked, results: [stage('name', definition)], files: {} }; that of another paper shows how.`,
  );
  for (const wrong of [
    undefined,
    null,
    [],
    Promise.resolve(graph),
    { ...graph, results: [undefined] },
    { ...graph, results: [{ name: 'sizes', replicates: [] }] },
    { ...graph, files: { 'a.json': placed } },
    { ...graph, recomputable: { sizes: 'all' } },
  ])
    expect(said(() => wrong)).toContain('BadPaperModule: what pipeline() of');
});

test('a pipeline that throws is told as its own', () => {
  expect(
    said(() => {
      throw new TypeError('x is undefined');
    }),
  ).toMatch(
    /^BadPaperModule: experiments\/tiny\/pipeline\.ts throws as its pipeline is made: x is undefined\n/,
  );
  expect(
    said(() => {
      throw new PaperError('BadOption', 'no such width.', { hint: 'give one.' });
    }),
  ).toBe('BadOption: no such width.\n  hint: give one.');
});

const definition = {
  module: import.meta.url,
  kind: 'exact' as const,
  inputs: {},
  files: [] as const,
  outputs: { result: 'sizes.json' },
  params: z.strictObject({}),
  run: () => {},
};

test.each([
  ['DuplicateStage', () => [stage('sizes', definition, {}), stage('sizes', definition, {})]],
  ['BadStageName', () => [stage('Sizes', definition, {})]],
])('%s is told with the line that connects the stage', (name, results) => {
  const text = errorText(() =>
    readGraph(process.cwd(), 'tiny', file, () => ({ ...graph, results: results() })),
  );
  expect(text).toMatch(new RegExp(`^${name}: .*\\n  tests/unit/src/cli/read-graph\\.test\\.ts:\\d+:\\d+\\n`));
});
