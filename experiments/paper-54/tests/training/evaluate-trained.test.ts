import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vectorTensor, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { afterAll, expect, test } from 'vitest';
import { rejectionText } from '../../../../tests/error-text.ts';
import { modelShape } from '../../model/model-shape.ts';
import { parameterTensors, randomParameters, runMetadata } from '../../model/parameters.ts';
import { readBatchLosses, recordBatchLosses } from '../../training/batch-losses.ts';
import { evaluateModels } from '../../training/evaluate-models.ts';
import { evaluateTrained, readEvaluatedRun } from '../../training/evaluate-trained.ts';

const folder = mkdtempSync(join(tmpdir(), 'evaluated-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

const shape = modelShape.parse({ nLayers: 2, dModel: 8, nHeads: 2, contextLength: 4 });
const vocabSize = 11;
const windows = { heldOut: 24, train: 16 };
const parameters = randomParameters(shape, vocabSize, 1, 'v1');
const random = seededRandom(2, 'tokens');
const ids = () =>
  vectorTensor(
    'I32',
    Int32Array.from({ length: windows.heldOut * shape.contextLength + 1 }, () => random.integer(vocabSize)),
  );
writeSafetensors(path('tokens'), { train: ids(), heldOut: ids() }, { vocabSize: String(vocabSize) });
writeSafetensors(
  path('weights'),
  parameterTensors(shape, vocabSize, parameters),
  runMetadata({ ...shape, vocabSize, run: 'v1', seed: 2, steps: 9 }),
);
const whole = evaluateModels(path('tokens'), shape, windows, { v1: () => parameters }, () => {})['v1']!;
const curve = {
  run: 'v1',
  seed: 2,
  best: { step: 9, ...whole },
  last: { step: 9, ...whole },
  finalWindows: windows,
  points: [],
};
writeFileSync(path('curve'), JSON.stringify(curve));
const model = {
  tokens: { tokens: path('tokens') },
  weights: { weights: path('weights') },
  training: { curve: path('curve') },
};
const context = { params: { shape }, scratch: folder, report: () => {} };

const recorded = async () => {
  await recordBatchLosses.run({ ...context, inputs: model, outputs: { losses: path('batches') } });
  return readBatchLosses(path('batches'));
};
const evaluated = async (kept: object) => {
  writeFileSync(path('kept'), JSON.stringify(kept));
  const inputs = { ...model, batches: { losses: path('kept') } };
  await evaluateTrained.run({ ...context, inputs, outputs: { losses: path('evaluated') } });
  return readEvaluatedRun(path('evaluated'));
};

test('the losses of a text are kept batch by batch, and their mean is that of the text', async () => {
  const kept = await recorded();
  expect(kept.heldOutLossNats).toHaveLength(3);
  expect(kept.trainLossNats).toHaveLength(2);
  const { heldOutLossNats, trainLossNats, ...rest } = await evaluated(kept);
  expect(rest).toEqual({ run: 'v1', evaluation: 'computed' });
  // Sums of float32, in another order.
  expect(heldOutLossNats).toBeCloseTo(whole.heldOutLossNats, 5);
  expect(trainLossNats).toBeCloseTo(whole.trainLossNats, 5);
});

test('a first batch that was kept otherwise is refused, and so is a mean that the training did not record', async () => {
  const kept = await recorded();
  const [first = 0, second = 0, third = 0] = kept.heldOutLossNats;
  const other = second + 0.01;
  expect(await rejectionText(evaluated({ ...kept, heldOutLossNats: [first, other, third] }))).toBe(
    [
      'KeptDiffers: heldOutLossNats of v1 on batch 1, made again, is not what batch-losses kept.',
      `  expected ${other} within 0.001; received ${second}`,
      '  hint: it was made of other weights or by other code: `npm run paper -- status` names each run of batch-losses; make it anew by `npm run train -- <run> --again`.',
    ].join('\n'),
  );
  expect(await rejectionText(evaluated({ ...kept, heldOutLossNats: [first, second, third + 1] }))).toContain(
    'RecordedLossDiffers',
  );
  expect(await rejectionText(evaluated({ ...kept, heldOutLossNats: [first] }))).toContain(
    'expected a figure within',
  );
});
