import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StageIdentity } from '../keys/identify-stages.ts';
import type { FinishedStage } from '../run/finished-stage.ts';
import { runStage } from '../run/run-stage.ts';
import type { Witness } from '../run/stage-protocol.ts';
import { type Workshop, workFolder } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';

const witnessSchema: z.ZodType<Witness> = z.strictObject({
  parts: z.array(
    z.strictObject({
      id: z.string(),
      marks: z
        .array(
          z.strictObject({
            at: z.string(),
            numbers: z.record(z.string(), z.number()),
            digests: z.record(z.string(), z.string()),
          }),
        )
        .min(1),
    }),
  ),
  tolerance: z.record(z.string(), z.number().nonnegative()),
});

/** @throws BadWitness when it is not of a witness's form, for example for a number that is not finite */
export const parseWitness = (stage: Stage, text: string): Witness => {
  const parsed = witnessSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
  throw new PaperError('BadWitness', `the witness of '${stage.name}' cannot be used.`, {
    details: [`${path.join('.')}: ${message}`],
    hint: 'each part gives at least one mark: { at, numbers, digests }, finite numbers and hexadecimal digests by name.',
  });
};

/** The parts of a stage's witness, or those of them that are wanted. */
export const witnessParts = (stage: Stage, wanted?: readonly string[]): readonly string[] =>
  Object.keys(stage.code.witness?.parts ?? {}).filter((id) => !wanted || wanted.includes(id));

/** Whether any of these parts reads what feeds the stage. */
export const partsNeedInputs = (stage: Stage, parts: readonly string[]): boolean =>
  parts.some((id) => stage.code.witness?.parts[id]?.needsInputs);

/**
 * Runs parts of a stage's witness with the code of today.
 *
 * @param upstream what feeds the stage, by name; used only if a part needs inputs
 */
export const replayWitness = async (
  workshop: Workshop,
  stage: Stage,
  { program, params }: Pick<StageIdentity, 'program' | 'params'>,
  upstream: ReadonlyMap<string, FinishedStage>,
  parts: readonly string[],
): Promise<Witness> => {
  const { reporter } = workshop;
  const label = `${stage.name} witness`;
  const scratch = join(workFolder(workshop), 'scratch', `${process.pid}-${stage.name}.witness`);
  await rm(scratch, { recursive: true, force: true });
  reporter.say(`  ${label}: ${parts.join(', ')} ...`);
  try {
    return await runStage(
      {
        stage,
        program,
        params,
        files: {},
        witness: parts,
        workFolder: workFolder(workshop),
        copyInput: partsNeedInputs(stage, parts)
          ? async (input, output, path) =>
              upstream
                .get(stage.inputs[input]?.name ?? '')
                ?.copy(output, path, `the witness of '${stage.name}'`)
          : undefined,
        environment: workshop.environment(stage.threads),
        onProgress: (progress) => reporter.progress(label, progress),
        signal: new AbortController().signal,
      },
      async ({ witness = '' }) => parseWitness(stage, await readFile(witness, 'utf8')),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
    reporter.finished(label);
  }
};
