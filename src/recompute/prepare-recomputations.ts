import { fileURLToPath } from 'node:url';
import { exportNameOf } from '../engine/index.ts';
import { nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { ownOf } from '../results/own-of.ts';
import type { TableData } from '../results/paper-data.ts';
import { bundleWorker, type WorkerCode, workerPath } from './bundle-worker.ts';
import { type ComputedStages, finishedStage, publicFile } from './public-file.ts';
import {
  filesOf,
  type PublicFile,
  type Recomputation,
  type RecomputationOffer,
  type RecomputedReplicate,
  sizeOf,
} from './recomputation.ts';

/** What a paper's pages need besides the tables, so that readers can compute some of them anew. */
export interface Recomputations {
  /** By table. */
  readonly offers: Readonly<Record<string, RecomputationOffer>>;
  /** Path below the paper's folder -> content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const unknownTable = (where: SourcePosition, id: string, tables: readonly string[]): PaperError =>
  new PaperError('UnknownTable', `the pipeline would let readers compute '${id}' anew, which is no table.`, {
    where,
    hint: nearestHint(id, tables),
  });

const notForBrowser = (where: SourcePosition, id: string, stage: string, reason: string): PaperError =>
  new PaperError('NotForBrowser', `table '${id}' cannot be computed anew by readers: ${reason}.`, {
    where,
    details: [`its stage is '${stage}'`],
    hint: 'take it out of `recomputable`.',
  });

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** The path and the content of whatever a stage reads; what is public already is not put there twice. */
const inputFiles = (computed: ComputedStages) => {
  const isPublic = new Map(
    Object.entries(computed.pipeline.files).map(([path, { stage, output }]) => [
      `${stage.name}/${output}`,
      path,
    ]),
  );
  const added = new Map<string, Uint8Array>();
  const known = new Map<string, Promise<PublicFile>>();
  const read = async (stage: string, output: string, neededBy: string): Promise<PublicFile> => {
    const done = finishedStage(computed, stage);
    const own = `recompute/${stage}/${done.stage.code.outputs[output]}`;
    const path = isPublic.get(`${stage}/${output}`) ?? own;
    const { file, content } = await publicFile(done, output, path, neededBy);
    if (path === own) added.set(own, content);
    return file;
  };
  const fileOf = (stage: string, output: string, neededBy: string): Promise<PublicFile> => {
    const name = `${stage}/${output}`;
    if (!known.has(name)) known.set(name, read(stage, output, neededBy));
    return known.get(name)!;
  };
  return { added, fileOf };
};

/**
 * Everything that readers of a paper need to compute its `recomputable` tables anew: for each table what its stages
 * are given, the files among it that are not public otherwise, and one worker with the code of all these stages.
 *
 * @param placeOf where a table is asked for
 * @throws UnknownTable, NotForBrowser
 */
export const prepareRecomputations = async (
  root: string,
  computed: ComputedStages,
  placeOf: (table: string) => SourcePosition,
): Promise<Recomputations> => {
  const { pipeline, data } = computed;
  const asked = Object.entries(pipeline.recomputable ?? {});
  if (asked.length === 0) return { offers: {}, files: new Map() };
  const { added, fileOf } = inputFiles(computed);
  const codes = new Map<string, WorkerCode>();

  const replicateOf = async (table: TableData, at: number): Promise<RecomputedReplicate> => {
    const done = finishedStage(computed, table.stages[at]!);
    const { name, code, inputs } = done.stage;
    if (code.program) throw notForBrowser(placeOf(table.id), table.id, name, 'it is a command');
    if (Object.keys(done.stage.files).length > 0) {
      throw notForBrowser(placeOf(table.id), table.id, name, 'it reads files from outside the project');
    }
    const exportName = await exportNameOf(root, code);
    const codeName = `${code.module.slice(code.module.lastIndexOf('/') + 1)}#${exportName}`;
    codes.set(codeName, { name: codeName, module: fileURLToPath(code.module), exportName });
    return {
      seed: table.replicates[at]!.seed,
      stage: name,
      code: codeName,
      params: done.record.params,
      inputs: Object.fromEntries(
        await Promise.all(
          Object.entries(code.inputs).map(async ([input, outputs]) => {
            const from = inputs[input]!.name;
            const files = outputs.map(async (output) => [output, await fileOf(from, output, name)] as const);
            return [input, Object.fromEntries(await Promise.all(files))] as const;
          }),
        ),
      ),
      outputs: code.outputs,
    };
  };

  const tables = await Promise.all(
    asked.map(async ([id, which]) => {
      const table = ownOf(data.tables, id);
      if (!table) throw unknownTable(placeOf(id), id, Object.keys(data.tables));
      const repeated = which === 'first' ? table.replicates.slice(0, 1) : table.replicates;
      return { table, replicates: await Promise.all(repeated.map((_, at) => replicateOf(table, at))) };
    }),
  );
  const host = {
    module: fileURLToPath(new URL('answer-page.ts', import.meta.url)),
    exportName: 'answerPage',
  };
  const code = await bundleWorker(root, host, [...codes.values()]);
  const worker = workerPath('recompute', code);
  const files = new Map<string, Uint8Array>([...added, [worker, code]]);
  const offers: Record<string, RecomputationOffer> = {};
  for (const { table, replicates } of tables) {
    const { reported: _reported, presentation, key: _key, stages: _stages, ...plain } = table;
    const recomputation: Recomputation = { worker, table: plain, presentation, replicates };
    files.set(`recompute/${table.id}.json`, json(recomputation));
    offers[table.id] = {
      seeds: replicates.map(({ seed }) => seed),
      sizeBytes: sizeOf(filesOf(replicates)),
      firstSizeBytes: sizeOf(filesOf(replicates.slice(0, 1))),
    };
  }
  return { offers, files };
};
