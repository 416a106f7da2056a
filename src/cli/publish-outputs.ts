import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FinishedStage, moduleName, type PublishedRecord } from '../engine/index.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import { publicResults } from '../results/public-results.ts';
import type { CompiledPage } from '../site/site-build.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { publicPathTaken } from './require-public-paths.ts';
import { crateFiles, roCrate } from './ro-crate.ts';

/** Where and when a published run was made, and which later code was shown to make it too. */
const publicationOf = ({ made, kept, witness, attestations }: PublishedRecord): object => ({
  made,
  kept,
  witness,
  attestations,
});

/** `provenance.json`: how every stage came by its outputs. */
const provenanceOf = (root: string, data: PaperData, stages: readonly FinishedStage[]): object => ({
  paper: data.paper,
  profile: data.profile,
  stages: Object.fromEntries(
    stages.map(({ stage, key, record, entry, program, published }) => [
      stage.name,
      {
        key,
        kind: record.kind,
        definition: moduleName(root, stage.code),
        code: { digest: program.digest, files: program.files },
        native: record.native,
        files: record.files,
        node: record.node,
        params: record.params,
        inputs: Object.fromEntries(
          Object.entries(stage.inputs).map(([input, upstream]) => [
            input,
            { stage: upstream.name, digests: record.inputs[input] },
          ]),
        ),
        outputs: entry.digests,
        backend: record.backend,
        machine: entry.machine,
        durationMs: entry.durationMs,
        ...(published ? { published: publicationOf(published) } : {}),
      },
    ]),
  ),
});

/**
 * Puts everything that is public besides the pages into a paper's folder of the site.
 *
 * @throws UnknownDownload, PublicPathTaken
 */
export const publishOutputs = async (
  root: string,
  { data, paper, finished }: ComputedPaper,
  { sentences, frontmatter }: Pick<CompiledPage, 'sentences' | 'frontmatter'>,
  origin: SiteOrigin,
  folder: string,
): Promise<void> => {
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  await put(
    'results.json',
    json(publicResults(data, new Map([...sentences].map(([id, { text }]) => [id, text])))),
  );
  await put('provenance.json', json(provenanceOf(root, data, [...finished.values()])));
  for (const [path, { stage, output }] of Object.entries(paper.pipeline.files)) {
    const done = finished.get(stage.name);
    if (!done) throw new Error(`internal: ${stage.name} did not finish`);
    // Known names were refused as the paper was loaded; nothing that stands there is ever replaced.
    if (existsSync(join(folder, path))) throw publicPathTaken(data.paper, path, 'a file of the site');
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await done.copy(output, join(folder, path), `the file ${path}`);
  }
  await put('ro-crate-metadata.json', json(roCrate(frontmatter, origin, crateFiles(folder))));
  const offered = paper.pipeline.downloads ?? [];
  const dead = offered.find(({ path }) => !existsSync(join(folder, path)));
  if (!dead) return;
  const published = Object.keys(paper.pipeline.files);
  throw new PaperError('UnknownDownload', `the page would offer '${dead.path}', which is not published.`, {
    where: { file: `experiments/${data.paper}/pipeline.ts` },
    hint:
      published.length === 0
        ? `publish it: \`files: { '${dead.path}': output(stage, 'name') }\`, or take it from \`downloads\`.`
        : nearestHint(dead.path, published),
  });
};
