import type { z } from 'zod';
import type { Program } from '../keys/program.ts';
import type { Inputs, Outputs, StageDefinition } from '../stage/define-stage.ts';
import { type CommandCode, commandProgram } from './command-program.ts';

/** A definition whose code is a program of the machine: see docs/stages-in-any-language.md. */
export type CommandDefinition<
  I extends Inputs,
  O extends Outputs,
  S extends z.ZodType,
  F extends readonly string[],
> = Omit<StageDefinition<I, O, S, F>, 'run' | 'witness'> & CommandCode;

/** A stage that a program of the machine computes: R, a shell script, anything that reads a manifest and writes files. */
export const commandStage = <
  const I extends Inputs,
  const O extends Outputs,
  S extends z.ZodType,
  const F extends readonly string[] = [],
>({
  command,
  code,
  programs,
  folders,
  ...definition
}: CommandDefinition<I, O, S, F>): StageDefinition<I, O, S, F> & {
  readonly program: (root: string) => Promise<Program>;
} => ({
  ...definition,
  run: () => {
    throw new Error(`internal: ${command[0]} runs as a program alone`);
  },
  program: (root) =>
    commandProgram(root, {
      module: definition.module,
      command,
      code,
      ...(programs ? { programs } : {}),
      ...(folders ? { folders } : {}),
    }),
});
