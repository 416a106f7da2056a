import { readFileSync, writeFileSync } from 'node:fs';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';

/**
 * What alike inputs say of their losses, in one file and in the order of the inputs: the stage's code, the same over
 * so many inputs, and the file's reader.
 *
 * @param input name of the upstream output that is read
 * @param read what one input says
 * @param schema of all of it
 */
export const gatherLosses = <const Input extends string, Schema extends z.ZodType>(
  module: string,
  {
    input,
    file,
    read,
    schema,
  }: {
    readonly input: Input;
    readonly file: string;
    readonly read: (path: string) => unknown;
    readonly schema: Schema;
  },
) => {
  const stage = defineStage({
    module,
    kind: 'exact',
    inputs: alikeInputs([], input),
    outputs: { losses: file },
    params: z.strictObject({}),
    run: ({ inputs, outputs }) => {
      const found = Object.values(inputs).map((paths) => read(paths[input]));
      writeFileSync(outputs.losses, JSON.stringify(schema.parse(found)));
    },
  });
  return {
    stage,
    over: (names: readonly string[]): typeof stage => ({ ...stage, inputs: alikeInputs(names, input) }),
    readAll: (path: string): z.output<Schema> => schema.parse(JSON.parse(readFileSync(path, 'utf8'))),
  };
};
