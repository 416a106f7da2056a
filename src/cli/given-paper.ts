import { PaperError, type Pipeline } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import { figureDatasets } from '../results/figure-datasets.ts';
import type { GivenPaper } from '../site/site-build.ts';
import { changesOf } from './changes-of.ts';
import { codeFiles } from './code-files.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { definitionOf } from './definition-of.ts';

/** What a process that computes tells the one that serves its pages. */
export type GivenMessage = { readonly computed: readonly GivenPaper[] } | { readonly failed: object };

const madeStages = async (root: string, finished: ComputedPaper['finished']): Promise<GivenPaper['stages']> =>
  Object.fromEntries(
    await Promise.all(
      [...finished].map(
        async ([name, { stage, key, program, entry, published }]) =>
          [
            name,
            {
              key,
              definition: await definitionOf(root, stage),
              files: program.files.length,
              inputs: Object.values(stage.inputs).map((upstream) => upstream.name),
              durationMs: entry.durationMs,
              processor: String(entry.machine['processor'] ?? 'an unknown processor'),
              published: published
                ? { when: published.made.when, attestations: published.attestations.length }
                : null,
            },
          ] as const,
      ),
    ),
  );

/** Names alone: pages that show no more are checked for them all the same. */
export const unofferedExplorations = ({ explorations = {} }: Pipeline): Readonly<Record<string, null>> =>
  Object.fromEntries(Object.keys(explorations).map((id) => [id, null] as const));

/**
 * What the site gets of a paper, its figures drawn: once, for every page and download that shows them. What draws is
 * loaded only here.
 *
 * @throws what drawFigure throws, for the first figure that cannot be drawn
 */
const givenPaperOf = async (root: string, computed: ComputedPaper): Promise<GivenPaper> => {
  const { data, paper, finished } = computed;
  const figures: Record<string, DrawnFigure> = {};
  if (paper.figures.length > 0) {
    const { drawFigure } = await import('../figures/draw-figure.ts');
    const { leanFigure } = await import('../figures/lean-figure.ts');
    const datasets = figureDatasets(data);
    for (const source of paper.figures) figures[source.id] = leanFigure(await drawFigure(source, datasets));
  }
  return {
    data,
    figures,
    downloads: paper.pipeline.downloads ?? [],
    stages: await madeStages(root, finished),
    code: codeFiles(root, finished),
    changes: changesOf(root, computed),
    explorations: unofferedExplorations(paper.pipeline),
  };
};

/** All papers of a build. */
export const givenPapersOf = (
  root: string,
  computed: readonly ComputedPaper[],
): Promise<readonly GivenPaper[]> => Promise.all(computed.map((paper) => givenPaperOf(root, paper)));

const send = (message: GivenMessage): void => void process.send?.(message);

/** Tells the server that started this process, if one did, what was computed. */
export const tellServer = async (
  root: string,
  work: () => Promise<readonly ComputedPaper[]>,
): Promise<readonly ComputedPaper[]> => {
  const computed = await work();
  if (process.send) send({ computed: await givenPapersOf(root, computed) });
  return computed;
};

/** Tells it what stood in the way, wherever in this process that came up. */
export const tellServerOfFault = (error: unknown): void => {
  if (!(error instanceof PaperError)) return;
  // An error of a class of one's own does not pass through a channel whole.
  const { name, message, hint, details, where } = error;
  send({ failed: { name, message, hint, details, where } });
};
