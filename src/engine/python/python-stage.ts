import type { z } from 'zod';
import { type ProgramDefinition, programStage } from '../command/program-stage.ts';
import type { Inputs, Outputs } from '../stage/define-stage.ts';
import { type PythonCode, pythonProgram } from './python-program.ts';

/**
 * A stage that the machine's python3 computes, with locked packages where it names them: see
 * docs/stages-in-any-language.md.
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
}: ProgramDefinition<I, O, S, F> & PythonCode) =>
  programStage<I, O, S, F>(definition as ProgramDefinition<I, O, S, F>, script, (root) =>
    pythonProgram(root, { module: definition.module, script, requirements }),
  );
