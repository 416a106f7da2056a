import { z } from 'zod';

/** What decides a training besides its data and its model. */
export const trainingOptions = z.strictObject({
  /** Seed of the init and of the order of the data. */
  seed: z.int().nonnegative().default(1),
  /** At most so many. */
  steps: z.int().positive(),
  /** Sequences a step. */
  batchSize: z.int().positive(),
  /** At its highest, after warm-up. */
  learningRate: z.number().positive(),
  /** Steps of linear rise. */
  warmupSteps: z.int().nonnegative(),
  /** After warm-up: `cosine` falls to a tenth of the highest rate, `constant` stays there. */
  schedule: z.enum(['cosine', 'constant']).default('cosine'),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.95),
  /** Decoupled, on matrices only. */
  weightDecay: z.number().nonnegative().default(0.1),
  /** Largest global norm of a step's gradient. */
  gradientClip: z.number().positive().default(1),
  /** Steps between evaluations on the fixed stretch of held-out text. */
  evaluateEvery: z.int().positive().default(100),
  /** Windows of that stretch. */
  evaluateWindows: z.int().positive().default(32),
  /** Evaluations in a row without a new lowest held-out loss that end the training; null: it uses all steps. */
  patience: z.int().positive().nullable().default(null),
  /** Windows of held-out and of training text on which the finished weights are evaluated, at most. */
  finalWindows: z.strictObject({ heldOut: z.int().positive(), train: z.int().positive() }),
  /** How the finished weights are stored; they are evaluated as stored. */
  precision: z.enum(['F16', 'F32']).default('F32'),
  /** Steps between checkpoints. */
  checkpointEvery: z.int().positive().default(100),
});

export type TrainingOptions = z.output<typeof trainingOptions>;
