import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import type { Pipeline, Stage } from '../../src/engine/stage/index.ts';
import type { StartWorker } from '../../src/recompute/converse.ts';
import { prepareRecomputations, type Recomputations } from '../../src/recompute/prepare-recomputations.ts';
import type { Recomputation } from '../../src/recompute/recomputation.ts';
import { faultText } from '../../src/recompute/recomputation-text.ts';
import { recomputeTable } from '../../src/recompute/recompute-table.ts';
import type { Rerunning } from '../../src/recompute/rerunning.ts';
import type { AskedOfWorker, ToldByWorker } from '../../src/recompute/worker-messages.ts';
import { assemblePaper } from '../../src/results/paper-data.ts';
import { noPresentation } from '../../src/results/presentation.ts';
import { nothingReported } from '../../src/results/reported.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper } from './tiny-paper.ts';

const papers: ReturnType<typeof createTinyPaper>[] = [];
afterAll(() => {
  for (const paper of papers) paper.remove();
});

/** Six layers of a file of weights, in half precision, as published ones are. */
const weightsBody = `
  const data = Float32Array.from({ length: 64 }, (_, at) => Math.sin(at * at + 1));
  writeSafetensors(context.outputs.result, { w: { dtype: 'F16', shape: [8, 8], data } });`;

/** A table whose rows need files, linear algebra, a schema and what a result's writer checks. */
const normsBody = `
  const la = await loadLinearAlgebra();
  const w = matrixOf(readSafetensors(context.inputs.weights.result), 'w');
  const { draws } = z.object({ draws: z.array(z.number()) }).parse(JSON.parse(readFileSync(context.inputs.null.result, 'utf8')));
  const sigma = la.singularValues(la.multiply(w, w, { transposeA: true }));
  const { re } = la.eigenvalues(w);
  context.report({ done: 1, total: 1 });
  writeResults(context.outputs.result, [{
    kind: 'table', id: 'norms', run: null, nullDraws: draws.length,
    columns: [{ id: 'layer', unit: null }, { id: 'norm', unit: '1' }, { id: 'trace', unit: '1' }],
    rows: [{ layer: 0, norm: { value: sigma[0], null: { low: draws[0], high: draws[1], mean: 1, sd: 0 } }, trace: re.reduce((sum, x) => sum + x, 0) }],
  }]);`;

const src = '../../../src';
const imports = (preamble: string): string => `${preamble}\n`;

const tinyPaper = () => {
  const paper = createTinyPaper();
  papers.push(paper);
  const weights = paper.stage({
    name: 'weights',
    body: weightsBody,
    outputs: { result: 'weights.safetensors' },
    preamble: imports(`import { writeSafetensors } from '${src}/numerics/safetensors.ts';`),
  });
  const drawn = paper.stage({
    name: 'norms-null',
    body: 'writeFileSync(context.outputs.result, JSON.stringify({ draws: [0.5, 1.5] }));',
    outputs: { result: 'draws.json' },
  });
  const norms = (body = normsBody, preamble = '') =>
    paper.stage({
      name: 'norms',
      kind: 'numeric',
      inputs: { weights, null: drawn },
      body,
      preamble: imports(
        [
          "import { z } from 'zod';",
          `import { matrixOf, readSafetensors } from '${src}/numerics/safetensors.ts';`,
          `import { loadLinearAlgebra } from '${src}/numerics/load-linear-algebra.ts';`,
          `import { writeResults } from '${src}/results/index.ts';`,
          preamble,
        ].join('\n'),
      ),
    });
  return { paper, weights, norms };
};

/** As a build does it. */
const prepared = async (
  { paper, weights }: ReturnType<typeof tinyPaper>,
  norms: Stage,
  recomputable: Readonly<Record<string, 'every' | 'first'>> = { norms: 'every' },
  rerun: readonly Stage[] = [],
) => {
  const finished = await paper.run(norms);
  const { key, read } = finished.get('norms')!;
  const data = await assemblePaper(
    {
      paper: 'tiny',
      profile: 'paper',
      backend: {},
      reported: nothingReported,
      claims: {},
      claimsFile: 'claims.ts',
      presentation: noPresentation,
      presentationFile: 'tables.ts',
    },
    [{ stage: norms as Stage<{ result: string }>, replicate: null, key, read }],
  );
  const pipeline: Pipeline & Rerunning = {
    paper: 'tiny',
    locked: false,
    results: [],
    files: { 'weights/w.safetensors': { stage: weights, output: 'result' } },
    recomputable,
    rerun,
  };
  const recomputations = await prepareRecomputations(
    dirname(dirname(import.meta.dirname)),
    { pipeline, data, finished },
    () => ({ file: 'pipeline.ts' }),
  );
  return { recomputations, weights: await finished.get('weights')!.read('result', 'the test') };
};

/** A browser's names for what a thread of Node has. */
const threadPrelude = `
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
globalThis.postMessage = (message) => parentPort.postMessage(message);
globalThis.addEventListener = (_, answer) => parentPort.on('message', (data) => answer({ data }));
globalThis.fetch = async (url) => {
  try { return new Response(await readFile(url)); } catch { return new Response(null, { status: 404 }); }
};
await import(workerData.script);
`;

const startThread =
  (folder: string): StartWorker<AskedOfWorker, ToldByWorker> =>
  (script, onTold, onFailure) => {
    writeFileSync(join(folder, 'thread.mjs'), threadPrelude);
    const thread = new Worker(join(folder, 'thread.mjs'), {
      workerData: { script: pathToFileURL(join(folder, script)).href },
    });
    thread.on('message', onTold);
    thread.on('error', (error) => onFailure(String(error)));
    return { post: (asked) => thread.postMessage(asked), terminate: () => void thread.terminate() };
  };

/** What a reader's page does. */
const recompute = ({ files }: Recomputations, weights: Uint8Array, folder: string) => {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of new Map([...files, ['weights/w.safetensors', weights] as const])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const recomputation = JSON.parse(
    readFileSync(join(folder, 'recompute/norms.json'), 'utf8'),
  ) as Recomputation;
  const told: string[] = [];
  const work = recomputeTable(
    recomputation,
    `${pathToFileURL(folder).href}/`,
    2,
    startThread(folder),
    {
      onDownload: (done, total) => told.push(`${done} of ${total}`),
      onCompute: (part) => told.push(`computed ${part}`),
    },
    new AbortController().signal,
  );
  return { work, told };
};

test('a worker computes what the build computed, from the public files alone', async () => {
  const tiny = tinyPaper();
  const { recomputations, weights } = await prepared(tiny, tiny.norms());
  expect([...recomputations.files.keys()].sort()).toEqual([
    'recompute/norms-null/draws.json',
    'recompute/norms.json',
    expect.stringMatching(/^recompute\/worker-[0-9a-f]{12}\.js$/),
  ]);
  const size = weights.length + recomputations.files.get('recompute/norms-null/draws.json')!.length;
  expect(recomputations.offers).toEqual({
    norms: { seeds: [null], code: ['norms.ts'], sizeBytes: size, firstSizeBytes: size },
  });
  const { work, told } = recompute(recomputations, weights, join(tiny.paper.folder, 'site'));
  const { figures } = await work;
  expect(figures.map(({ id }) => id)).toContain('norms.layer-0.norm-null-high');
  expect(figures.filter(({ matches }) => !matches)).toEqual([]);
  // LAPACK and ml-matrix differ by some roundings of an 8 x 8 matrix: 64 times 2^-53, with a margin of ten.
  expect(Math.max(...figures.map(({ relativeDifference }) => relativeDifference))).toBeLessThan(1e-13);
  expect(told.findLast((line) => !line.startsWith('computed'))).toBe(`${size} of ${size}`);
  expect(told.at(-1)).toBe('computed 1');
});

test('a stage that readers run as well is run, and what it wrote is not downloaded', async () => {
  const tiny = tinyPaper();
  const { recomputations } = await prepared(tiny, tiny.norms(), { norms: 'every' }, [tiny.weights]);
  const size = recomputations.files.get('recompute/norms-null/draws.json')!.length;
  expect(recomputations.offers['norms']).toMatchObject({ code: ['weights.ts', 'norms.ts'], sizeBytes: size });
  // Of what lies where the weights were, nothing is read.
  const { work, told } = recompute(recomputations, Uint8Array.of(), join(tiny.paper.folder, 'site'));
  const { figures } = await work;
  expect(figures.length).toBeGreaterThan(3);
  expect(figures.filter(({ matches }) => !matches)).toEqual([]);
  expect(told.slice(1)).toEqual(['computed 0.5', 'computed 1', 'computed 1']);
});

test('one bit that is not the published one, and nothing is computed', async () => {
  const tiny = tinyPaper();
  const { recomputations, weights } = await prepared(tiny, tiny.norms());
  const damaged = Uint8Array.from(weights);
  damaged[damaged.length - 1]! ^= 1;
  const { work, told } = recompute(recomputations, damaged, join(tiny.paper.folder, 'site'));
  const fault = await work.then(
    () => undefined,
    (error) => error.fault,
  );
  expect(faultText(fault)).toMatch(
    /^Nothing was computed: weights\/w\.safetensors is not the file that the build used\. Its SHA-256 should be [0-9a-f]{64} and is [0-9a-f]{64}\.$/,
  );
  expect(told.some((line) => line.startsWith('computed'))).toBe(false);
});

test('what a stage throws is told, and so is a call that only Node answers', async () => {
  const tiny = tinyPaper();
  const { recomputations, weights } = await prepared(
    tiny,
    tiny.norms(
      `if (context.scratch === '/scratch') randomBytes(createHash('sha256').digest().length);${normsBody}`,
      "import { createHash, randomBytes } from 'node:crypto';",
    ),
  );
  const { work } = recompute(recomputations, weights, join(tiny.paper.folder, 'site'));
  const fault = await work.then(
    () => undefined,
    (error) => error.fault,
  );
  expect(faultText(fault)).toBe(
    'The computation ended early: Error: the stage calls randomBytes of node:crypto, which a browser does not have',
  );
});

test('a table that is none, and a stage that fits no browser, are refused by name', async () => {
  const tiny = tinyPaper();
  expect(await rejectionText(prepared(tiny, tiny.norms(), { norm: 'every' }))).toBe(
    [
      "UnknownTable: the pipeline would let readers compute 'norm' anew, which is no table.",
      '  pipeline.ts',
      "  hint: did you mean 'norms'?",
    ].join('\n'),
  );
  const other = tinyPaper();
  const unfit = await rejectionText(
    prepared(other, other.norms(`void readdirSync;${normsBody}`, "import { readdirSync } from 'node:fs';")),
  );
  expect(unfit).toMatch(
    /^NotForBrowser: what readers run does not fit a browser: No matching export in "src\/recompute\/memory-files\.ts" for import "readdirSync"\n {2}\.paper\/tests\/.+\/norms\.ts:\d+:\d+\n {2}hint: /,
  );
});
