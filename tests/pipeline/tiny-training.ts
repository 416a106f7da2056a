import { z } from 'zod';
import type { Stage } from '../../src/engine/stage/pipeline.ts';
import type { TinyPaper } from './tiny-paper.ts';

/** Gradient descent on one weight, with what makes long runs delicate: schedule, epochs, decay, checkpoints. */
const trainingCode = `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const decay = 0.01;
export const train = ({ data, steps, scratch, onStep, stopAfter }) => {
  const checkpoint = scratch + '/checkpoint.json';
  const state = existsSync(checkpoint)
    ? JSON.parse(readFileSync(checkpoint, 'utf8'))
    : { step: 0, weight: 1, momentum: 0 };
  while (state.step < steps && state.step !== stopAfter) {
    const rate = 0.1 * Math.min(1, (state.step + 1) / 5) * (1 - state.step / steps);
    const epoch = Math.floor(state.step / data.length);
    const x = data[(state.step * (2 * epoch + 1)) % data.length];
    const loss = (state.weight - x) ** 2;
    state.momentum = 0.9 * state.momentum + (state.weight - x);
    state.weight -= rate * (state.momentum + decay * state.weight);
    state.step += 1;
    onStep?.(state.step, loss, state.weight);
    if (state.step % 10 === 0) writeFileSync(checkpoint, JSON.stringify(state));
  }
  return state.weight;
};
`;

const preamble = `import { createHash } from 'node:crypto';
import { train } from './training.ts';
const marker = (marks) => (step, loss, weight) => marks.push({
  at: 'step ' + step,
  numbers: { loss },
  digests: { weight: createHash('sha256').update(String(weight)).digest('hex').slice(0, 8) },
});
`;

/** Stops after the 25th step and goes on from the checkpoint at the 20th. */
const miniature = `const marks = [];
const run = { data: [3, 1, 4, 1, 5, 9, 2, 6], steps: 40, scratch: context.scratch };
train({ ...run, onStep: () => {}, stopAfter: 25 });
train({ ...run, onStep: marker(marks) });
return marks;`;

const firstSteps = `const marks = [];
const data = JSON.parse(readFileSync(context.inputs.source.result, 'utf8'));
train({ data, steps: context.params.steps, scratch: context.scratch, onStep: marker(marks), stopAfter: 3 });
return marks;`;

export interface TinyTrainingOptions {
  readonly name?: string;
  readonly steps?: number;
  readonly kept?: readonly string[];
  /** The source's data, or the source of another training. */
  readonly source?: readonly number[] | Stage;
  /** Statements after each step, with `step` and `context` in scope. */
  readonly onStep?: string;
  /** The body of one more part of the witness, with `deepest` from deepest.ts. */
  readonly further?: string;
}

/**
 * A source, a training on it whose run is published, and an analysis of what was trained; the training's code is
 * `training.ts`, for mutations.
 */
export const tinyTraining = (
  paper: TinyPaper,
  {
    name = 'train-v1.seed-1',
    steps = 30,
    kept = ['result'],
    source = [1, 2, 3],
    onStep = '',
    further,
  }: TinyTrainingOptions = {},
): { readonly source: Stage; readonly training: Stage; readonly analysis: Stage } => {
  if (!paper.has('training.ts')) paper.write('training.ts', trainingCode);
  const from =
    'name' in source
      ? source
      : paper.stage({
          name: 'source',
          body: `writeFileSync(context.outputs.result, '${JSON.stringify(source)}');`,
        });
  const training = paper.stage({
    name,
    kind: 'numeric',
    inputs: { source: from },
    schema: z.strictObject({ steps: z.number() }),
    params: { steps },
    outputs: { result: 'weight.json', curve: 'curve.json' },
    published: { outputs: kept, expectedMs: 45 * 60_000 },
    preamble: further === undefined ? preamble : `${preamble}import { deepest } from './deepest.ts';\n`,
    body: `const data = JSON.parse(readFileSync(context.inputs.source.result, 'utf8'));
const curve = [];
const weight = train({
  data,
  steps: context.params.steps,
  scratch: context.scratch,
  onStep: (step, loss) => { curve.push(loss); ${onStep} },
});
writeFileSync(context.outputs.result, JSON.stringify(weight));
writeFileSync(context.outputs.curve, JSON.stringify(curve));`,
    witness: {
      'first-steps': { needsInputs: true, body: firstSteps },
      miniature: { needsInputs: false, body: miniature },
      ...(further === undefined ? {} : { further: { needsInputs: false, body: further } }),
    },
  });
  const analysis = paper.stage({
    name: `analysis-of-${name}`,
    inputs: { training },
    body: "writeFileSync(context.outputs.result, readFileSync(context.inputs.training.result, 'utf8') + '!');",
  });
  return { source: from, training, analysis };
};
