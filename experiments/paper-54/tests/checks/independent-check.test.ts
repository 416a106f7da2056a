/** The check of Paper 54's tables by numpy: it passes on sound weights, and one weight that is off ends the build. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { matrixTensor, readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type Stage, stage } from 'reproducible-paper/stage';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rejectionText } from '../../../../tests/error-text.ts';
import { createTinyPaper, type TinyPaper } from '../../../../tests/pipeline/tiny-paper.ts';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { asymmetryTable } from '../../analyses/asymmetry.ts';
import { figuresOfLayer } from '../../analyses/layer-table.ts';
import { lowRankFormTable, lowRankKernelTable } from '../../analyses/low-rank-kernel.ts';
import { driftOf } from '../../analyses/non-uniqueness.ts';
import { spectralTwinningTable } from '../../analyses/spectral-twinning.ts';
import { valueCrescendoTable } from '../../analyses/value-crescendo.ts';
import { independentCheck } from '../../checks/independent-check.ts';
import { type AttentionWeights, attentionWeightsOf, matrixNames } from '../../model/attention-weights.ts';

const [n, nLayers] = [12, 2];
/** As in the pipeline: rounding alone. */
const tolerance = 1e-9;

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

/** A file of random weights. */
const weightsFile = (name: string, seed: number): string => {
  const file = join(paper.folder, `${name}.safetensors`);
  writeSafetensors(
    file,
    Object.fromEntries(
      Array.from({ length: nLayers }, (_, layer) => {
        const { data } = gaussian(3 * n, seed + layer);
        const joined = { rows: 3 * n, cols: n, data: data.slice(0, 3 * n * n) };
        return [`blocks.${layer}.attn.c_attn.weight`, matrixTensor(joined)];
      }),
    ),
    { nHeads: '2', nLayers: String(nLayers), run: name },
  );
  return file;
};

const layersOf = (file: string): readonly AttentionWeights[] => attentionWeightsOf(readSafetensors(file));

const files = () => ({
  v1: weightsFile('v1', 10),
  v1Init: weightsFile('v1-init', 20),
  ctSft: weightsFile('ct-sft', 30),
  ctInit: weightsFile('ct-init', 40),
});

/** The tables as the page would have them, of sound weights. */
const tablesOf = ({ v1, v1Init, ctSft, ctInit }: ReturnType<typeof files>) => {
  const [end, init, sft, sftInit] = [v1, v1Init, ctSft, ctInit].map(layersOf);
  const drift = end!.map((layer, at) =>
    Object.fromEntries(
      matrixNames.flatMap((name) => [
        [`drift-${name}`, driftOf(sft![at]![name], sftInit![at]![name]).relative],
        [`v1-drift-${name}`, driftOf(layer[name], init![at]![name]).relative],
        [`corr-${name}`, pearson(sft![at]![name], layer[name])],
        [`init-corr-${name}`, pearson(layer[name], init![at]![name])],
      ]),
    ),
  );
  const layerTables = {
    twinning: spectralTwinningTable,
    crescendo: valueCrescendoTable,
    lowRank: lowRankKernelTable,
    form: lowRankFormTable,
    asymmetry: asymmetryTable,
  };
  const entries = Object.entries(layerTables).map(([input, table]) => {
    const rows = end!.map((layer) => figuresOfLayer(table, layer, mlMatrixLinearAlgebra));
    return [input, { id: table.id, rows }] as const;
  });
  return Object.fromEntries([...entries, ['drift', { id: 'non-uniqueness', rows: drift }]]);
};

const given = (name: string, output: string, bytes: Buffer): Stage => {
  return paper.stage({
    name,
    body: `writeFileSync(context.outputs.${output}, Buffer.from(context.params.bytes, 'base64'));`,
    params: { bytes: bytes.toString('base64') },
    schema: z.strictObject({ bytes: z.string() }),
    outputs: { [output]: `${name}.out` },
  });
};

/** @param change of the bytes of V1's weights, after its tables were made */
const check = async (change: (bytes: Buffer) => void = () => {}) => {
  const sound = files();
  const inputs: Record<string, Stage> = {};
  for (const [input, file] of Object.entries(sound)) {
    const bytes = readFileSync(file);
    if (input === 'v1') change(bytes);
    inputs[input] = given(input.toLowerCase(), input.endsWith('Init') ? 'init' : 'weights', bytes);
  }
  for (const [input, table] of Object.entries(tablesOf(sound))) {
    inputs[input] = given(input.toLowerCase(), 'result', Buffer.from(JSON.stringify({ results: [table] })));
  }
  const made = stage('independent-check', independentCheck, {
    inputs: inputs as never,
    params: { tolerance },
  });
  return paper.run(made as unknown as Stage);
};

test('tables of these very weights pass, every cell of them', async () => {
  const finished = await check();
  const { results } = JSON.parse(await paper.output(finished, 'independent-check'));
  expect(results[0].rows).toContainEqual({ table: 'asymmetry', cells: 4 * nLayers, tolerance });
  expect(results[0].rows).toHaveLength(6);
});

test('one bit of one weight is seen, and the table, the layer and the column are named', async () => {
  const text = await rejectionText(
    check((bytes) => {
      // The last number of the file is of layer 1's V; this bit is worth an eighth of it at least.
      bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 0x04;
    }),
  );
  expect(text).toMatch(
    /^IndependentCheckFailed: 'spectral-twinning', layer 1, kl-q-v: numpy finds another value in the same weights\.\n {2}experiments\/paper-54\/checks\/independent-check\.ts\n {2}expected [\d.e-]+ \(numpy\), received [\d.e-]+ \(the page\)\n {2}difference [\d.e-]+ of the column's largest, tolerance 1e-09\n/,
  );
});

test('weights that hold what is no number are named, and give no figure', async () => {
  const text = await rejectionText(check((bytes) => bytes.writeDoubleLE(Number.NaN, bytes.length - 8)));
  expect(text.replace(/of \S+ holds/, 'of <file> holds')).toBe(
    [
      'WeightsUnusable: layer 1 of <file> holds a number that is not finite.',
      '  experiments/paper-54/checks/independent-check.ts',
      "  in stage 'independent-check'",
      '  hint: look at the run that wrote these weights.',
    ].join('\n'),
  );
});
