import type { z } from 'zod';
import type { Inputs, Outputs } from '../stage/define-stage.ts';
import { type CommandCode, commandProgram } from './command-program.ts';
import { type ProgramDefinition, programStage } from './program-stage.ts';

/** A stage that a program of the machine computes: see docs/stages-in-any-language.md. */
export const commandStage = <
  const I extends Inputs,
  const O extends Outputs,
  S extends z.ZodType,
  const F extends readonly string[] = [],
>({
  command,
  code,
  programs = [],
  folders = [],
  ...definition
}: ProgramDefinition<I, O, S, F> & CommandCode) =>
  programStage<I, O, S, F>(definition as ProgramDefinition<I, O, S, F>, command[0], (root) =>
    commandProgram(root, { module: definition.module, command, code, programs, folders }),
  );
