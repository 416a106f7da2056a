import type { Progress, StageDefinition } from '../engine/stage/index.ts';
import type { ResultInput, Row } from '../results/result-schema.ts';
import { RecomputationError } from './download-verified.ts';
import { dropFiles, keepFile, readFileSync } from './memory-files.ts';
import type { RecomputedReplicate } from './recomputation.ts';
import { faultOf } from './worker-channel.ts';

/** Stages by the names that the build gave their code. */
export type StageCodes = Readonly<Record<string, Pick<StageDefinition, 'run'>>>;

const rowsOf = (results: readonly ResultInput[], table: string): readonly Row[] => {
  const found = results.find((result) => result.kind === 'table' && result.id === table);
  if (found?.kind === 'table' && found.rows) return found.rows;
  throw new RecomputationError({
    kind: 'broken',
    message: `the stage wrote no table '${table}' with rows`,
  });
};

/**
 * Runs a stage's own code on files in memory.
 *
 * @param contentOf a file's content, by its public path
 * @returns the rows of one of the tables that it wrote
 * @throws RecomputationError with what the stage threw
 */
export const runInMemory = async (
  codes: StageCodes,
  { code, params, inputs, outputs }: RecomputedReplicate,
  table: string,
  contentOf: (path: string) => Uint8Array,
  report: (progress: Progress) => void,
): Promise<readonly Row[]> => {
  dropFiles();
  const placed = (input: string, output: string): string => {
    const path = `/inputs/${input}/${output}`;
    keepFile(path, contentOf(inputs[input]![output]!.path));
    return path;
  };
  const context = {
    params,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, of]) => [
        input,
        Object.fromEntries(Object.keys(of).map((output) => [output, placed(input, output)])),
      ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([output, file]) => [output, `/outputs/${file}`]),
    ),
    scratch: '/scratch',
    report,
  };
  try {
    await codes[code]!.run(context as unknown as Parameters<StageDefinition['run']>[0]);
    const written = readFileSync(`/outputs/${outputs['result']}`, 'utf8') as string;
    return rowsOf((JSON.parse(written) as { readonly results: readonly ResultInput[] }).results, table);
  } catch (error) {
    throw new RecomputationError(faultOf(error));
  } finally {
    dropFiles();
  }
};
