import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { visit } from 'unist-util-visit';
import { type FinishedStage, moduleName, type PublishedRecord } from '../engine/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import { publicResults } from '../results/public-results.ts';
import type { ComputedPaper } from './compute-paper.ts';

/** KaTeX writes each formula three times; a sentence quotes its TeX once. */
const texOnce = (node: Element): void => {
  visit(node, 'element', (inner, index, parent) => {
    const classes = inner.properties['className'];
    if (!Array.isArray(classes) || !classes.includes('katex') || !parent || index === undefined) return;
    visit(inner, 'element', (annotation) => {
      if (annotation.tagName !== 'annotation') return;
      parent.children[index] = { type: 'text', value: `$${toText(annotation)}$` };
    });
  });
};

/** Claim id -> its sentence as the page prints it, values and all. */
const claimSentences = async (page: string): Promise<ReadonlyMap<string, string>> => {
  const sentences = new Map<string, string>();
  visit(fromHtml(await readFile(page, 'utf8')), 'element', (node) => {
    const { dataClaim, dataSentence } = node.properties;
    if (typeof dataClaim !== 'string' || dataSentence === undefined) return;
    texOnce(node);
    sentences.set(dataClaim, toText(node).replace(/\s+/g, ' ').trim());
  });
  return sentences;
};

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

/** Puts everything that is public besides the pages into a paper's folder of the site. */
export const publishOutputs = async (
  root: string,
  { data, paper, finished }: ComputedPaper,
  folder: string,
): Promise<void> => {
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  await put('results.json', json(publicResults(data, await claimSentences(join(folder, 'index.html')))));
  await put('provenance.json', json(provenanceOf(root, data, [...finished.values()])));
  for (const [path, { stage, output }] of Object.entries(paper.pipeline.files)) {
    const done = finished.get(stage.name);
    if (!done) throw new Error(`internal: ${stage.name} did not finish`);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await done.copy(output, join(folder, path), `the file ${path}`);
  }
};
