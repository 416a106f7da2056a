import type { z } from 'zod';
import type { Program } from '../keys/program.ts';
import type { Inputs, Outputs, StageDefinition } from '../stage/define-stage.ts';
import { type PythonCode, pythonProgram } from './python-program.ts';

/** A definition whose code is a Python script: see docs/stages-in-any-language.md. */
export type PythonDefinition<
  I extends Inputs,
  O extends Outputs,
  S extends z.ZodType,
  F extends readonly string[],
> = Omit<StageDefinition<I, O, S, F>, 'run' | 'witness'> & PythonCode;

/**
 * A stage that the machine's python3 computes, with locked packages where it names them.
 *
 * @throws when the pipeline is planned: what `pythonProgram` does
 */
export const pythonStage = <
  const I extends Inputs,
  const O extends Outputs,
  S extends z.ZodType,
  const F extends readonly string[] = [],
>({
  script,
  requirements,
  ...definition
}: PythonDefinition<I, O, S, F>): StageDefinition<I, O, S, F> & {
  readonly program: (root: string) => Promise<Program>;
} => ({
  ...definition,
  run: () => {
    throw new Error(`internal: ${script} runs in Python alone`);
  },
  program: (root) => pythonProgram(root, { module: definition.module, script, requirements }),
});
