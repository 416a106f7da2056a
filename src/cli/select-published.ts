import { nearestHint, PaperError, type Pipeline, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import { type BuildOptions, loadPaper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';

/** A published stage of a paper. */
export interface Selected {
  readonly pipeline: Pipeline;
  readonly stage: Stage;
}

/** `train-v1` is `train-v1` itself, or all of `train-v1.seed-1`, `train-v1.seed-2`, ... */
const matches = (stage: Stage, name: string): boolean =>
  stage.name === name || stage.name.startsWith(`${name}.`);

/**
 * The published stages that a command's words, its run and its seed name, in data order; without any of these all
 * published stages.
 *
 * @throws NothingPublished when there are none to name
 * @throws UnknownStage with the nearest name
 */
export const selectAmong = (
  all: readonly Selected[],
  words: readonly string[],
  { run, seed }: BuildOptions,
): readonly Selected[] => {
  if (all.length === 0) {
    throw new PaperError('NothingPublished', 'no stage of this profile is published.', {
      hint: 'name a profile whose runs are: `--profile paper`.',
    });
  }
  const known = all.map(({ stage }) => stage.name);
  const ofSeed = all.filter(({ stage }) => seed === undefined || stage.name.endsWith(`.seed-${seed}`));
  const names = [...words, ...(run === undefined ? [] : [`train-${run}`])];
  const require = (name: string, found: readonly Selected[]): readonly Selected[] => {
    if (found.length > 0) return found;
    const full = seed === undefined ? name : `${name}.seed-${seed}`;
    throw new PaperError('UnknownStage', `no published stage of this profile is named '${full}'.`, {
      details: [`expected one of ${known.join(', ')}`],
      hint: nearestHint(full, known),
    });
  };
  if (names.length === 0) return require('', ofSeed);
  const wanted = new Set(
    names.flatMap((name) => require(name, ofSeed.filter(({ stage }) => matches(stage, name)))),
  );
  return all.filter((selected) => wanted.has(selected));
};

/** The published stages of all papers that a command names, with the papers loaded for its profile. */
export const selectPublished = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly Selected[]> => {
  const all: Selected[] = [];
  for (const id of paperIds(root)) {
    const { pipeline } = await loadPaper(root, id, options);
    for (const stage of stagesInOrder(pipeline)) if (stage.published) all.push({ pipeline, stage });
  }
  return selectAmong(all, words, options);
};
