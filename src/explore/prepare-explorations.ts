import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExport } from '../engine/index.ts';
import { type ExplorationCode, nearestHint, PaperError, type Pipeline } from '../engine/stage/index.ts';
import { bundleWorker, type WorkerCode, workerPath } from '../recompute/bundle-worker.ts';
import { type ComputedStages, finishedStage, publicFile } from '../recompute/public-file.ts';
import { type PublicFile, sizeOf } from '../recompute/recomputation.ts';
import { ownOf } from '../results/own-of.ts';
import type { ExplorationPlan, ExplorationSource } from './explore-messages.ts';

/** What a page says of an exploration before anything is downloaded. */
export interface ExplorationOffer {
  readonly sources: readonly { readonly label: string; readonly sizeBytes: number }[];
}

/** What a paper's pages need besides, so that readers can explore. */
export interface Explorations {
  /** By id. */
  readonly offers: Readonly<Record<string, ExplorationOffer>>;
  /** Path below the paper's folder -> content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** @throws ExplorationNotExported */
const exportNameOf = async (root: string, code: ExplorationCode): Promise<string> => {
  const { name, found } = await findExport(root, code.module, (value) => value === code);
  if (name !== undefined) return name;
  throw new PaperError(
    'ExplorationNotExported',
    'an exploration of the pipeline is not exported by its own module.',
    {
      where: { file: relative(root, fileURLToPath(code.module)) },
      details: [`found ${found}`],
      hint: 'export the definition from the file whose import.meta.url it gives as `module`: readers run it from there.',
    },
  );
};

const where = (paper: string) => ({ file: `experiments/${paper}/pipeline.ts` });

/** The output behind a published path. @throws UnpublishedFile */
const publishedFile = ({ paper, files }: Pipeline, path: string, exploration: string) => {
  const file = ownOf(files, path);
  if (file) return file;
  throw new PaperError(
    'UnpublishedFile',
    `exploration '${exploration}' reads '${path}', which is none of the paper's published files.`,
    { where: where(paper), hint: nearestHint(path, Object.keys(files)) },
  );
};

const requireAllFiles = (
  paper: string,
  id: string,
  { files: names }: ExplorationCode,
  given: Readonly<Record<string, string>>,
): void => {
  if (names.toSorted().join() === Object.keys(given).toSorted().join()) return;
  throw new PaperError('WrongFiles', `exploration '${id}' is given other files than it reads.`, {
    where: where(paper),
    details: [`expected ${names.join(', ')}; received ${Object.keys(given).join(', ') || 'none'}`],
    hint: 'give each source of it in pipeline.ts a published path for each of these names.',
  });
};

/**
 * One worker with the code of all explorations, each of whose sources has what it reads. Needs no results, so that a check
 * finds every fault of them beforehand.
 *
 * @throws UnpublishedFile, WrongFiles, ExplorationNotExported, NotForBrowser
 */
export const explorationScript = async (root: string, pipeline: Pipeline): Promise<Uint8Array> => {
  const codes: WorkerCode[] = [];
  for (const [id, { code, sources }] of Object.entries(pipeline.explorations ?? {})) {
    codes.push({ name: id, module: fileURLToPath(code.module), exportName: await exportNameOf(root, code) });
    for (const { files } of sources) {
      requireAllFiles(pipeline.paper, id, code, files);
      for (const path of Object.values(files)) publishedFile(pipeline, path, id);
    }
  }
  const host = {
    module: fileURLToPath(new URL('answer-reader.ts', import.meta.url)),
    exportName: 'answerReader',
  };
  return bundleWorker(root, host, codes);
};

/**
 * Everything that readers need to explore: for each exploration the files that it can be loaded with, and one worker
 * with the code of all.
 *
 * @throws as explorationScript
 */
export const prepareExplorations = async (root: string, computed: ComputedStages): Promise<Explorations> => {
  const { pipeline, data } = computed;
  const placed = Object.entries(pipeline.explorations ?? {});
  if (placed.length === 0) return { offers: {}, files: new Map() };
  const script = await explorationScript(root, pipeline);
  const fileOf = async (path: string, exploration: string): Promise<PublicFile> => {
    const { stage, output } = publishedFile(pipeline, path, exploration);
    const done = finishedStage(computed, stage.name);
    return (await publicFile(done, output, path, `exploration '${exploration}'`)).file;
  };
  const sources = new Map<string, readonly ExplorationSource[]>();
  for (const [id, { sources: given }] of placed) {
    const found = given.map(async ({ label, files }) => {
      const entries = Object.entries(files).map(
        async ([name, path]) => [name, await fileOf(path, id)] as const,
      );
      return { label, files: Object.fromEntries(await Promise.all(entries)) };
    });
    sources.set(id, await Promise.all(found));
  }
  const worker = workerPath('explorations', script);
  const tables = Object.fromEntries(
    Object.values(data.tables).map(({ id, presentation }) => [id, presentation.title]),
  );
  const files = new Map<string, Uint8Array>([[worker, script]]);
  const offers: Record<string, ExplorationOffer> = {};
  for (const [id, of] of sources) {
    const plan: ExplorationPlan = { worker, code: id, sources: of, tables };
    files.set(`explorations/${id}.json`, Buffer.from(JSON.stringify(plan)));
    offers[id] = {
      sources: of.map(({ label, files: read }) => ({ label, sizeBytes: sizeOf(Object.values(read)) })),
    };
  }
  return { offers, files };
};
