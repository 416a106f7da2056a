/** numpy's checks of Paper 54's tables: they pass on what the analyses give, and one figure that is off ends the build by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from 'reproducible-paper/stage';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rejectionText } from '../../../../tests/error-text.ts';
import { createTinyPaper, type TinyPaper } from '../../../../tests/pipeline/tiny-paper.ts';
import { bytesOf, miniatureChecks, miniatureFiles } from './miniature-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'checks-'));
let files: Awaited<ReturnType<typeof miniatureFiles>>;
beforeAll(async () => {
  files = await miniatureFiles(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

/** What a test changes of a stage's output. */
interface Fault {
  readonly stage: string;
  readonly output: string;
  readonly change: (bytes: Buffer) => Buffer;
}

const givenStage = ({ name, code }: Stage, fault: Fault | undefined): Stage => {
  const outputs = Object.keys(code.outputs).filter((output) => files.get(name)![output] !== undefined);
  const bytes = Object.fromEntries(
    outputs.map((output) => {
      const sound = bytesOf(files, name, output);
      const isOff = fault?.stage === name && fault.output === output;
      return [output, (isOff ? fault.change(sound) : sound).toString('base64')];
    }),
  );
  return paper.stage({
    name,
    body: 'for (const [output, bytes] of Object.entries(context.params.bytes)) writeFileSync(context.outputs[output], Buffer.from(bytes, "base64"));',
    params: { bytes },
    schema: z.strictObject({ bytes: z.record(z.string(), z.string()) }),
    outputs: Object.fromEntries(outputs.map((output) => [output, `${output}.out`])),
  });
};

const check = (name: string, fault?: Fault) => {
  const found = miniatureChecks().find((stage) => stage.name === name)!;
  const given = new Map<string, Stage>();
  const inputs = Object.fromEntries(
    Object.entries(found.inputs).map(([input, stage]) => {
      if (!given.has(stage.name)) given.set(stage.name, givenStage(stage, fault));
      return [input, given.get(stage.name)!];
    }),
  );
  return paper.run({ ...found, inputs });
};

type Cell = number | string | { value: number; null?: Record<string, number> };
type Row = Record<string, Cell>;

/** A figure of the table's first row that has these words, or its null's, made a ten-thousandth larger. */
const cell = (table: string, words: Row, column: string, figure?: string, by = 1.0001) => {
  const change = (bytes: Buffer): Buffer => {
    const file = JSON.parse(bytes.toString());
    const { rows } = file.results.find(({ id }: { id: string }) => id === table);
    const row: Row = rows.find((of: Row) => Object.entries(words).every(([key, word]) => of[key] === word));
    const held = row[column];
    if (typeof held === 'object') {
      if (figure) held.null![figure]! *= by;
      else held.value *= by;
    } else row[column] = (held as number) * by;
    return Buffer.from(JSON.stringify(file));
  };
  return { output: 'result', change };
};

/** A number of a line of comma-separated values. */
const line = (start: string, column: string, change: (x: number) => number) => ({
  output: 'cells',
  change: (bytes: Buffer): Buffer => {
    const [head, ...lines] = bytes.toString().split('\n');
    const at = head!.split(',').indexOf(column);
    const changed = lines.map((text) => {
      if (!text.startsWith(start)) return text;
      return text
        .split(',')
        .map((x, place) => (place === at ? String(change(Number(x))) : x))
        .join(',');
    });
    return Buffer.from([head, ...changed].join('\n'));
  },
});

/** Every table that a check counts. */
const counted: Readonly<Record<string, readonly string[]>> = {
  'independent-check': [
    'asymmetry',
    'asymmetry-by-head',
    'asymmetry-nulls',
    'cumulative-energy',
    'low-rank-form',
    'low-rank-heads',
    'low-rank-kernel',
    'low-rank-nulls',
    'non-uniqueness',
    'projection-geometry',
    'spectral-twinning',
    'twinning-heads',
    'value-crescendo',
  ],
  'independent-view-check': [
    'band-energy',
    'band-energy-ete',
    'band-energy-output',
    'correlations-by-layer',
    'gauge-null',
    'gauge-test',
    'gauge-test-by-seed',
    'input-null',
    'mean-correlations',
    'statistics-beyond-r',
  ],
  'independent-form-check': [
    'form-energy',
    'form-haar',
    'form-haar-rms',
    'form-labels',
    'form-signs',
    'form-symmetry',
    'form-test',
    'form-test-by-distance',
    'form-test-summary',
    'form-test.csv',
    'symmetry-null',
    'trace-by-layer',
  ],
  'independent-null-check': ['aligned-solutions', 'alignment-null', 'gaussian-null', 'turned-null'],
};

test.each(Object.keys(counted))(
  '%s passes on what the analyses give, and counts every table',
  async (name) => {
    const finished = await check(name);
    const { rows } = JSON.parse(await paper.output(finished, name)).results[0];
    const own: readonly Row[] = rows.slice(0, -1);
    expect(own.map(({ table }) => table).toSorted()).toEqual(counted[name]);
    const cells = own.reduce((sum, row) => sum + Number(row['cells']), 0);
    expect(rows.at(-1)).toMatchObject({ table: 'all', cells });
  },
  60_000,
);

const faults: readonly (readonly [string, string, Fault, RegExp])[] = [
  [
    'a spectrum of the second seed',
    'independent-check',
    { stage: 'spectral-twinning.seed-2', ...cell('spectral-twinning', { layer: 1 }, 'kl-q-v') },
    /'spectral-twinning', seed 2, layer 1, kl-q-v: numpy finds another value/,
  ],
  [
    'a head',
    'independent-check',
    { stage: 'asymmetry-by-head.seed-1', ...cell('asymmetry-by-head', { layer: 0, head: 1 }, 'rho') },
    /'asymmetry-by-head', seed 1, layer 0, head 1, rho: numpy finds/,
  ],
  [
    'a mean over heads',
    'independent-check',
    { stage: 'invariants-against-nulls.seed-1', ...cell('twinning-heads', { layer: 0 }, 'kl-q-k') },
    /'twinning-heads', seed 1, layer 0, kl-q-k: numpy finds/,
  ],
  [
    'a correlation',
    'independent-view-check',
    { stage: 'correlations.seed-2', ...cell('correlations-by-layer', { matrix: 'K', layer: 1 }, 'window') },
    /'correlations-by-layer', seed 2, matrix K, layer 1, window: numpy finds/,
  ],
  [
    'a band on the output side',
    'independent-view-check',
    { stage: 'band-energy.seed-1', ...cell('band-energy-output', { band: '64-128' }, 'v') },
    /'band-energy-output', seed 1, band 64-128, v: numpy finds/,
  ],
  [
    'a law',
    'independent-view-check',
    { stage: 'view-test', ...cell('gauge-test', { matrix: 'Q', view: 'k2' }, 'by-law', 'sd') },
    /'gauge-test', matrix Q, view k2, by-law-null-sd: numpy finds/,
  ],
  [
    'the mean of a null of T4',
    'independent-view-check',
    {
      stage: 'view-test',
      ...cell('statistics-beyond-r', { statistic: 'procrustes' }, 'found', 'mean', 1.5),
    },
    /input-null, procrustes of Q and k2: the draws of the null have another mean than they should/,
  ],
  [
    'a head at a distance',
    'independent-form-check',
    {
      stage: 'form-cells.seed-2',
      ...line('1,0,qk,free,3,K_3_skip,antisymmetric', 'cosine', (x) => x * 1.01),
    },
    /'form-test.csv', seed 2, layer 1, head 0, form qk, frequency free, delta 3, view K_3_skip, part antisymmetric, cosine: numpy finds/,
  ],
  [
    'the mean of a null of T6',
    'independent-form-check',
    { stage: 'form-cells.seed-1', ...line('0,sum,ov,free,0,K_2_T,whole', 'labels-mean', (x) => x + 1) },
    /form-labels, seed 1, layer 0, head sum, ov free 0 K_2_T whole: the draws of the null have another mean/,
  ],
  [
    'an energy',
    'independent-form-check',
    { stage: 'form-structure.seed-1', ...cell('form-energy', { layer: 1 }, 'one-identity') },
    /'form-energy', seed 1, layer 1, one-identity: numpy finds/,
  ],
  [
    'a strength that the positive control gives',
    'independent-form-check',
    {
      stage: 'form-test-summary',
      ...cell(
        'form-test-summary',
        { form: 'qk', frequency: 'free', view: 'K_2_T', statistic: 'rms' },
        'alpha',
      ),
    },
    /'form-test-summary', form qk, frequency free, view K_2_T, part whole, statistic rms, alpha: numpy finds/,
  ],
  [
    'a pair of aligned solutions',
    'independent-null-check',
    { stage: 'aligned-solutions', ...cell('aligned-solutions', { pair: 'v1-v1', unit: '1-2' }, 'matched') },
    /'aligned-solutions', pair v1-v1, unit 1-2, matched: numpy finds/,
  ],
  [
    'what Gaussian matrices give',
    'independent-null-check',
    {
      stage: 'low-rank-kernel.seed-1',
      ...cell('low-rank-kernel', { layer: 0 }, 'effective-rank', 'mean', 2),
    },
    /gaussian-null, low-rank-kernel effective-rank, seed 1, 0: the draws of the null have another mean/,
  ],
  [
    'what turned spectra give',
    'independent-null-check',
    {
      stage: 'invariants-against-nulls.seed-2',
      ...cell('low-rank-nulls', { matrix: 'Q^T K', layer: 1 }, 'effective-rank', 'mean', 2),
    },
    /turned-null, effective-rank of Q\^T K, seed 2, layer 1: the draws of the null have another mean/,
  ],
];

test.each(faults)(
  '%s that is off ends the build by its name',
  async (_, name, fault, expected) => {
    const text = await rejectionText(check(name, fault));
    expect(text).toMatch(/^IndependentCheckFailed: /);
    expect(text).toMatch(expected);
  },
  60_000,
);

test('a row that a table lacks is named', async () => {
  const change = (bytes: Buffer): Buffer => {
    const file = JSON.parse(bytes.toString());
    file.results[0].rows.pop();
    return Buffer.from(JSON.stringify(file));
  };
  const text = await rejectionText(
    check('independent-check', { stage: 'value-crescendo.seed-1', output: 'result', change }),
  );
  expect(text).toContain("'value-crescendo', seed 1: numpy alone has a row layer 1.");
}, 60_000);

test('one bit of one weight is seen', async () => {
  const change = (sound: Buffer): Buffer => {
    const bytes = Buffer.from(sound);
    // The last number of the file is of layer 1's V; this bit is worth an eighth of it at least.
    bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 0x04;
    return bytes;
  };
  const text = await rejectionText(
    check('independent-check', { stage: 'projections.seed-1', output: 'weights', change }),
  );
  expect(text).toMatch(
    /'spectral-twinning', seed 1, layer 1, kl-q-v: numpy finds another value in the same weights\./,
  );
}, 60_000);

test('weights that hold what is no number are named, and give no figure', async () => {
  const change = (sound: Buffer): Buffer => {
    const bytes = Buffer.from(sound);
    bytes.writeDoubleLE(Number.NaN, bytes.length - 8);
    return bytes;
  };
  const text = await rejectionText(
    check('independent-check', { stage: 'projections.seed-1', output: 'weights', change }),
  );
  expect(text.replace(/of \S+ holds/, 'of <file> holds')).toBe(
    [
      'WeightsUnusable: layer 1 of <file> holds a number that is not finite.',
      '  experiments/paper-54/checks/independent-check.ts',
      "  in stage 'independent-check'",
      '  hint: look at the run that wrote these weights.',
    ].join('\n'),
  );
}, 60_000);
