import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';

const folder = 'dist/paper-54';

test.skip(!existsSync(folder), 'dist holds other papers alone: `npm run build` lifts this');
const json = (path: string) => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));

/** Pearson r of two flattened matrices, by its definition. */
const correlation = (a: Float64Array, b: Float64Array): number => {
  const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
};

test('the published weights and views give the published correlations', () => {
  const weights = readSafetensors(`${folder}/weights/v1.safetensors`);
  const views = readSafetensors(`${folder}/weights/views.safetensors`);
  const rows = json('results.json').tables['correlations-by-layer'].rows as {
    matrix: string;
    layer: number;
    k2: number;
    'k2-t': number;
  }[];
  for (const { matrix, layer, k2, 'k2-t': reversed } of rows) {
    const joined = matrixOf(weights, `blocks.${layer}.attn.c_attn.weight`);
    const part = 'QKV'.indexOf(matrix) * joined.cols * joined.cols;
    const own = joined.data.slice(part, part + joined.cols * joined.cols);
    // Both sum some 10^4 products in float64: agreement is to rounding.
    expect(correlation(own, matrixOf(views, 'K_2').data)).toBeCloseTo(k2, 12);
    expect(correlation(own, matrixOf(views, 'K_2_T').data)).toBeCloseTo(reversed, 12);
  }
});

test('provenance names every stage, its key, its code and what it was made from', () => {
  const { stages } = json('provenance.json');
  expect(Object.keys(stages)).toContain('train-v1.seed-1');
  const { key, code, inputs, durationMs, machine } = stages['train-v1.seed-1'];
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(code.files).toContain('experiments/paper-54/model/photonic-gpt.ts');
  expect(inputs.tokens.digests.tokens).toBe(stages.tokens.outputs.tokens);
  expect(durationMs).toBeGreaterThan(1000);
  expect(machine.processor).toEqual(expect.any(String));
});
