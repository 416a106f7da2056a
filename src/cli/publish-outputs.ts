import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { publicResults } from '../results/public-results.ts';
import { fillFacts } from '../site/file-facts.ts';
import type { CompiledPage } from '../site/site-build.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import { canonicalIn } from './canonical-in.ts';
import { citationCff } from './citation-cff.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { provenanceOf } from './provenance-of.ts';
import { publicPathTaken } from './require-public-paths.ts';
import { crateFiles, factsIn, roCrate } from './ro-crate.ts';

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
  await put('provenance.json', json(provenanceOf(root, { data, finished })));
  for (const [path, { stage, output }] of Object.entries(paper.pipeline.files)) {
    const done = finished.get(stage.name);
    if (!done) throw new Error(`internal: ${stage.name} did not finish`);
    // Known names were refused as the paper was loaded; nothing that stands there is ever replaced.
    if (existsSync(join(folder, path))) throw publicPathTaken(data.paper, path, 'a file of the site');
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await done.copy(output, join(folder, path), `the file ${path}`);
  }
  const offered = paper.pipeline.downloads ?? [];
  const dead = offered.find(({ path }) => !existsSync(join(folder, path)));
  if (dead) {
    const published = Object.keys(paper.pipeline.files);
    throw new PaperError('UnknownDownload', `the page would offer '${dead.path}', which is not published.`, {
      where: { file: `experiments/${data.paper}/pipeline.ts` },
      hint:
        published.length === 0
          ? `publish it: \`files: { '${dead.path}': output(stage, 'name') }\`, or take it from \`downloads\`.`
          : nearestHint(dead.path, published),
    });
  }
  const page = join(folder, 'index.html');
  const html = await readFile(page, 'utf8');
  await put('CITATION.cff', citationCff(frontmatter, origin, canonicalIn(html)));
  await put('index.html', fillFacts(html, factsIn(folder)));
  await put('ro-crate-metadata.json', json(roCrate(frontmatter, origin, crateFiles(folder))));
};
