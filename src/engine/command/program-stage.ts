import type { z } from 'zod';
import type { Program } from '../keys/program.ts';
import type { Inputs, Outputs, StageDefinition } from '../stage/define-stage.ts';

/** What a definition holds besides its code, in whatever language that is. */
export type ProgramDefinition<
  I extends Inputs,
  O extends Outputs,
  S extends z.ZodType,
  F extends readonly string[],
> = Omit<StageDefinition<I, O, S, F>, 'run' | 'witness'>;

/**
 * A definition that a program of its own runs.
 *
 * @param name of the program, for whoever calls `run` by mistake
 * @param program made when the pipeline is planned
 */
export const programStage = <
  const I extends Inputs,
  const O extends Outputs,
  S extends z.ZodType,
  const F extends readonly string[],
>(
  definition: ProgramDefinition<I, O, S, F>,
  name: string,
  program: (root: string) => Promise<Program>,
): StageDefinition<I, O, S, F> & { readonly program: (root: string) => Promise<Program> } => ({
  ...definition,
  // A function of its own: by it the engine tells definitions apart.
  run: () => {
    throw new Error(`internal: ${name} runs as a program alone`);
  },
  program,
});
