import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { equalStepGap } from '../../analyses/loss-curves.ts';

/** A run's held-out losses by step. */
const curve = (run: string, seed: number, losses: Readonly<Record<number, number>>) => {
  const at = { step: 0, heldOutLossNats: 0, trainLossNats: 0 };
  return {
    run,
    seed,
    best: at,
    last: at,
    finalWindows: { heldOut: 1, train: 1 },
    points: Object.entries(losses).map(([step, heldOutLossNats]) => ({
      step: Number(step),
      trainLossNats: 9,
      heldOutLossNats,
      learningRate: 1e-3,
      gradientNorm: 1,
    })),
  };
};

test('runs are compared at the last step at which all of them were evaluated', () => {
  const [step, gap] = equalStepGap([
    curve('v1', 1, { 100: 6, 200: 5.5, 300: 5 }),
    curve('ct-sft', 1, { 100: 6.5, 200: 5.75 }),
    curve('v1', 2, { 200: 5.25 }),
    curve('ct-sft', 2, { 200: 5.75, 300: 1 }),
  ]);
  expect(step).toMatchObject({ id: 'equal-step', value: 200 });
  expect(gap).toMatchObject({
    id: 'equal-step-gap',
    replicates: [
      { seed: 1, value: Math.exp(0.25) - 1 },
      { seed: 2, value: Math.exp(0.5) - 1 },
    ],
  });
});

test('runs without a step in common are named', () => {
  const text = errorText(() =>
    equalStepGap([curve('v1', 1, { 100: 6, 200: 5.5 }), curve('ct-sft', 1, { 150: 6, 250: 5.5 })]),
  );
  expect(text).toBe(
    [
      'NoCommonStep: no step was evaluated in every run.',
      '  expected one among the steps of v1 (seed 1), ct-sft (seed 1)',
      '  hint: train all runs with the same `evaluateEvery`.',
    ].join('\n'),
  );
});

test('a seed without its other run is named', () => {
  const text = errorText(() =>
    equalStepGap([curve('v1', 1, { 100: 6 }), curve('ct-sft', 1, { 100: 6 }), curve('v1', 2, { 100: 6 })]),
  );
  expect(text).toBe(
    [
      "RunMissing: seed 2 has no loss of 'ct-sft' to compare.",
      "  expected those of 'v1' and 'ct-sft'",
      '  hint: give the stage both runs of every seed.',
    ].join('\n'),
  );
});
