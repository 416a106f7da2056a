import { z } from 'zod';
import { digestOf } from '../engine/index.ts';
import { PaperError, sha256 } from '../engine/stage/index.ts';
import type { Datasets } from '../figures/dataset-rows.ts';
import type { FigureSource } from '../figures/figure-source.ts';
import { figureDatasets } from '../results/figure-datasets.ts';
import { ownOf } from '../results/own-of.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { unlessKnown, unlessKnownClean } from './known-clean.ts';
import { mistakeIn } from './mistake-in.ts';
import type { SourceDigests } from './site-key.ts';

/** Datasets that note in `read` which of them were asked for, also those that are not there. */
const noting = (datasets: Datasets, read: Set<string>): Datasets => {
  const note = (name: string | symbol): void => void (typeof name === 'string' && read.add(name));
  return new Proxy(datasets, {
    get: (of, name) => {
      note(name);
      return Reflect.get(of, name);
    },
    has: (of, name) => {
      note(name);
      return Reflect.has(of, name);
    },
    getOwnPropertyDescriptor: (of, name) => {
      note(name);
      return Reflect.getOwnPropertyDescriptor(of, name);
    },
    ownKeys: (of) => {
      for (const name of Object.keys(of)) note(name);
      return Reflect.ownKeys(of);
    },
  });
};

/** What a figure says, and all code that draws it. */
const sourceKey = (drawing: string, { file, text, spec }: FigureSource): string =>
  digestOf([drawing, file, text, sha256(JSON.stringify(spec))]);

/** Every figure that cannot be drawn; one that was drawn from the same rows by the same code is not drawn again. */
export const figureFaults = async (
  root: string,
  sources: SourceDigests,
  computed: ComputedPaper,
): Promise<readonly PaperError[]> => {
  const { data, paper } = computed;
  const drawing = digestOf([
    process.version,
    Object.entries(sources).filter(([path]) =>
      /^\/(src\/(figures|results|engine|numerics)\/|package-lock)/.test(path),
    ),
  ]);
  const keys = paper.figures.map((source) => sourceKey(drawing, source));
  const lookAtAll = async (): Promise<readonly PaperError[]> => {
    const datasets = figureDatasets(data);
    const digests = new Map<string, string | null>();
    const digestOfDataset = (name: string): string | null => {
      const rows = ownOf(datasets, name);
      const digest = digests.get(name) ?? (rows ? sha256(JSON.stringify(rows)) : null);
      digests.set(name, digest);
      return digest;
    };
    const faults: PaperError[] = [];
    for (const [at, source] of paper.figures.entries()) {
      const look = async () => {
        const { drawFigure } = await import('../figures/draw-figure.ts');
        const read = new Set<string>();
        const found = await mistakeIn(() => drawFigure(source, noting(datasets, read)));
        return { faults: found instanceof PaperError ? [found] : [], told: [...read].toSorted() };
      };
      const keyOf = (read: readonly string[]): string =>
        digestOf([keys[at]!, read.map((name) => [name, digestOfDataset(name)])]);
      const name = `${paper.id}/figure-${source.id}`;
      faults.push(...(await unlessKnown(root, { name, told: z.array(z.string()), keyOf }, look)).faults);
    }
    return faults;
  };
  // What no stage made anew is not even taken apart.
  const keyOf = (): string => digestOf([keys, dataDigest(computed)]);
  return unlessKnownClean(root, `${paper.id}/figures`, keyOf, lookAtAll);
};
