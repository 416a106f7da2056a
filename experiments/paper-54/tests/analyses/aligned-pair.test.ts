import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { afterAll, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { alignedPair, readAlignedPair } from '../../analyses/aligned-pair.ts';
import { replayAlignment } from '../../analyses/replay-alignment.ts';

const n = 8;
const folder = mkdtempSync(join(tmpdir(), 'aligned-pair-'));
afterAll(() => rmSync(folder, { recursive: true }));

const weightsOf = (seed: number): string => {
  const path = join(folder, `weights-${seed}.safetensors`);
  const data = Float64Array.from([seed, seed + 1, seed + 2].flatMap((at) => [...gaussian(n, at).data]));
  const joined = { dtype: 'F64', shape: [3 * n, n], data } as const;
  writeSafetensors(path, { 'blocks.0.attn.c_attn.weight': joined }, { nHeads: '2', nLayers: '1' });
  return path;
};

const embeddingOf = (seed: number): string => {
  const path = join(folder, `embedding-${seed}.safetensors`);
  writeSafetensors(path, { embedding: { dtype: 'F64', shape: [n, n], data: gaussian(n, seed).data } }, {});
  return path;
};

test("a pair's first draw is made again from both runs; of other weights or other draws it is refused", async () => {
  const [a, b] = [weightsOf(1), weightsOf(10)];
  const kept = join(folder, 'pair.json');
  await alignedPair.run({
    params: { draws: 11, seed: 3, stream: 'v1-v1' },
    inputs: {
      a: { weights: a },
      b: { weights: b },
      embeddingA: { embedding: embeddingOf(20) },
      embeddingB: { embedding: embeddingOf(21) },
    },
    outputs: { pair: kept },
    scratch: folder,
    report: () => {},
  });
  const pair = readAlignedPair(kept);
  expect(pair.meanDraws).toHaveLength(11);
  const of = { seed: 3, stream: 'v1-v1' };
  replayAlignment(pair, { a, b }, of, la);
  const refused =
    /^KeptDiffers: the first draw's mean cosine \(whole\), made again, is not what aligned-v1-v1 kept\.\n {2}expected \S+ within 0\.000001; received \S+\n {2}hint: /;
  expect(errorText(() => replayAlignment(pair, { a, b: weightsOf(30) }, of, la))).toMatch(refused);
  expect(errorText(() => replayAlignment(pair, { a, b }, { ...of, seed: 4 }, la))).toMatch(refused);
});
