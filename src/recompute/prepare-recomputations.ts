import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { ownOf } from '../results/own-of.ts';
import type { TableData } from '../results/paper-data.ts';
import { bundleWorker, workerPath } from './bundle-worker.ts';
import { prepareRuns } from './prepare-runs.ts';
import type { ComputedStages } from './public-file.ts';
import {
  filesOf,
  type Recomputation,
  type RecomputationOffer,
  type RecomputedReplicate,
  sizeOf,
  stagesOf,
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

const notForBrowser =
  (where: SourcePosition, id: string) =>
  (stage: string, isRerun: boolean, reason: string): PaperError =>
    new PaperError('NotForBrowser', `table '${id}' cannot be computed anew by readers: ${reason}.`, {
      where,
      details: [isRerun ? `it needs stage '${stage}' to be run before` : `its stage is '${stage}'`],
      hint: `take it out of \`${isRerun ? 'rerun' : 'recomputable'}\`.`,
    });

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/**
 * Everything that readers of a paper need to compute its `recomputable` tables anew: for each table what its stages, and
 * those that are run before them, are given, the files among it that are not public otherwise, and one worker with the
 * code of all these stages.
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
  const { added, codes, runOf } = prepareRuns(root, computed);

  const replicateOf = async (table: TableData, at: number): Promise<RecomputedReplicate> => ({
    seed: table.replicates[at]!.seed,
    ...(await runOf(table.stages[at]!, notForBrowser(placeOf(table.id), table.id))),
  });

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
      code: [...new Set(stagesOf(replicates).map((stage) => basename(codes.get(stage.code)!.module)))],
      sizeBytes: sizeOf(filesOf(replicates)),
      firstSizeBytes: sizeOf(filesOf(replicates.slice(0, 1))),
    };
  }
  return { offers, files };
};
