import type { Progress, StageDefinition } from '../engine/stage/index.ts';
import type { ResultInput, Row } from '../results/result-schema.ts';
import { RecomputationError } from './download-verified.ts';
import { dropFiles, existsSync, keepFile, readFileSync } from './memory-files.ts';
import type { MadeFile, PublicFile, RecomputedStage } from './recomputation.ts';
import { faultOf } from './worker-channel.ts';

/** Stages by the names that the build gave their code. */
export type StageCodes = Readonly<Record<string, Pick<StageDefinition, 'run'>>>;

/** Output -> what was written. */
export type Written = Readonly<Record<string, Uint8Array>>;

/**
 * The rows of one of the tables that a stage wrote.
 *
 * @throws RecomputationError where there is no such table
 */
export const rowsOf = ({ result }: Written, table: string): readonly Row[] => {
  const { results } = JSON.parse(new TextDecoder().decode(result)) as {
    readonly results: readonly ResultInput[];
  };
  const found = results.find((one) => one.kind === 'table' && one.id === table);
  if (found?.kind === 'table' && found.rows) return found.rows;
  throw new RecomputationError({
    kind: 'broken',
    message: `the stage wrote no table '${table}' with rows`,
  });
};

/**
 * Runs a stage's own code on files in memory.
 *
 * @param contentOf what a file holds
 * @throws RecomputationError with what the stage threw
 */
export const runInMemory = async (
  codes: StageCodes,
  { code, params, inputs, outputs }: RecomputedStage,
  contentOf: (file: PublicFile | MadeFile) => Uint8Array,
  report: (progress: Progress) => void,
): Promise<Written> => {
  dropFiles();
  const placed = (input: string, output: string): string => {
    const path = `/inputs/${input}/${output}`;
    keepFile(path, contentOf(inputs[input]![output]!));
    return path;
  };
  const written = Object.entries(outputs).map(([output, file]) => [output, `/outputs/${file}`] as const);
  const context = {
    params,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, of]) => [
        input,
        Object.fromEntries(Object.keys(of).map((output) => [output, placed(input, output)])),
      ]),
    ),
    outputs: Object.fromEntries(written),
    scratch: '/scratch',
    report,
  };
  try {
    await codes[code]!.run(context as unknown as Parameters<StageDefinition['run']>[0]);
    return Object.fromEntries(
      written
        .filter(([, path]) => existsSync(path))
        .map(([output, path]) => [output, readFileSync(path) as Uint8Array]),
    );
  } catch (error) {
    throw new RecomputationError(faultOf(error));
  } finally {
    dropFiles();
  }
};
