import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { prepareExplorations } from '../../../../src/explore/prepare-explorations.ts';
import { rejectionText } from '../../../error-text.ts';
import { normsTable, shownAs } from '../results/norms-table.ts';

type Computed = Parameters<typeof prepareExplorations>[1];

const folder = mkdtempSync(join(tmpdir(), 'explorations-'));
afterAll(() => rmSync(folder, { recursive: true }));
const module = pathToFileURL(join(folder, 'sizes.mjs')).href;
writeFileSync(
  join(folder, 'sizes.mjs'),
  `export const sizes = { module: import.meta.url, files: ['weights'], open: () => ({ controls: [], show: () => [] }) };`,
);
const { sizes } = (await import(module)) as {
  readonly sizes: { readonly module: string; readonly files: string[] };
};

const weights = { name: 'train' };

/** A paper of one published file and one exploration. */
const prepared = (files: Readonly<Record<string, string>>, code = sizes) =>
  prepareExplorations(folder, {
    pipeline: {
      paper: 'tiny',
      locked: false,
      results: [],
      files: { 'weights/w.safetensors': { stage: weights, output: 'weights' } },
      explorations: { sizes: { code, sources: [{ label: 'a run', files }] } },
    },
    data: { paper: 'tiny', tables: { norms: { ...normsTable([]), presentation: shownAs(normsTable([])) } } },
    finished: new Map([
      ['train', { read: async () => new Uint8Array(12), entry: { digests: { weights: 'abc' } } }],
    ]),
  } as unknown as Computed);

test('an exploration is offered with the sizes of its files, and its worker is one file', async () => {
  const { offers, files } = await prepared({ weights: 'weights/w.safetensors' });
  expect(offers).toEqual({ sizes: { sources: [{ label: 'a run', sizeBytes: 12 }] } });
  const [worker, plan] = [...files.keys()];
  expect(worker).toMatch(/^explorations\/worker-[0-9a-f]{12}\.js$/);
  expect(plan).toBe('explorations/sizes.json');
  expect(JSON.parse(Buffer.from(files.get('explorations/sizes.json')!).toString())).toMatchObject({
    worker,
    code: 'sizes',
    sources: [
      {
        label: 'a run',
        files: { weights: { path: 'weights/w.safetensors', sha256: 'abc', sizeBytes: 12 } },
      },
    ],
  });
});

test('a file that is not published is refused by name', async () => {
  expect(await rejectionText(prepared({ weights: 'weights/v.safetensors' }))).toBe(
    [
      "UnpublishedFile: exploration 'sizes' reads 'weights/v.safetensors', which is none of the paper's published files.",
      '  experiments/tiny/pipeline.ts',
      "  hint: did you mean 'weights/w.safetensors'?",
    ].join('\n'),
  );
});

test('files that an exploration does not read, or lacks, are refused by name', async () => {
  expect(await rejectionText(prepared({ weight: 'weights/w.safetensors' }))).toBe(
    [
      "WrongFiles: exploration 'sizes' is given other files than it reads.",
      '  experiments/tiny/pipeline.ts',
      '  expected weights; received weight',
      '  hint: give each source of it in pipeline.ts a published path for each of these names.',
    ].join('\n'),
  );
});

test('an exploration that its module does not export is refused by name', async () => {
  expect(await rejectionText(prepared({ weights: 'weights/w.safetensors' }, { ...sizes }))).toBe(
    [
      'ExplorationNotExported: an exploration of the pipeline is not exported by its own module.',
      '  sizes.mjs',
      '  found sizes',
      '  hint: export the definition from the file whose import.meta.url it gives as `module`: readers run it from there.',
    ].join('\n'),
  );
});
