import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { expect, onTestFinished, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { readSpectraNulls, spectraNulls } from '../../controls/spectra-nulls.ts';
import { attentionWeightsOf } from '../../model/attention-weights.ts';

const n = 8;

const made = async (seed: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'spectra-nulls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const weights = join(folder, 'weights.safetensors');
  const joined = Float64Array.from([seed, seed + 1, seed + 2].flatMap((at) => [...gaussian(n, at).data]));
  writeSafetensors(
    weights,
    { 'blocks.0.attn.c_attn.weight': { dtype: 'F64', shape: [3 * n, n], data: joined } },
    { nHeads: '2', nLayers: '1' },
  );
  const nulls = join(folder, 'nulls.json');
  await spectraNulls.run({
    params: { draws: 9, eigenvalueDraws: 3, seed: 1 },
    inputs: { run: { weights } },
    outputs: { nulls },
    scratch: folder,
    report: () => {},
  });
  return { nulls, layers: attentionWeightsOf(readSafetensors(weights)) };
};

test('what is kept is what the weights give; other weights or other draws are refused', async () => {
  const { nulls, layers } = await made(20);
  const read = readSpectraNulls(nulls, layers, la);
  expect(read.layers[0]!.whole['form-effective-rank']!.mean).toBe(
    read.layers[0]!.whole['effective-rank']!.mean,
  );
  expect(read.layers[0]!.heads).toHaveLength(2);
  const other = await made(40);
  expect(errorText(() => readSpectraNulls(nulls, other.layers, la))).toMatch(
    /^KeptDiffers: \S+ of layer 0, draw 0, made again, is not what spectra-nulls kept\.\n {2}expected \S+ within \S+; received \S+\n {2}hint: it was made of other weights or by other code: `npm run paper -- status` names each run of spectra-nulls; make it anew by `npm run train -- <run> --again`\.$/,
  );
  const edited = readFileSync(nulls, 'utf8').replace(/"first":\[\{"effective-rank":[\d.]+/, '$&1');
  writeFileSync(nulls, edited.replace(/("first":\[\{"effective-rank":)[\d.]+/, '$15'));
  expect(errorText(() => readSpectraNulls(nulls, layers, la))).toContain('expected 5 within');
});
