import { nearestHint } from '../engine/nearest-name.ts';
import { PaperError } from '../engine/paper-error.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../engine/pipeline.ts';
import { type BuildOptions, loadPaper, paperIds } from './load-paper.ts';

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
 * @throws UnknownStage with the nearest name
 */
export const selectAmong = (
  all: readonly Selected[],
  words: readonly string[],
  options: BuildOptions,
): readonly Selected[] => {
  const { run, seed } = options;
  const names = [...words, ...(run === undefined ? [] : [`train-${run}`])];
  const ofSeed = all.filter(({ stage }) => seed === undefined || stage.name.endsWith(`.seed-${seed}`));
  const known = all.map(({ stage }) => stage.name);
  const unknown =
    names.find((name) => !ofSeed.some(({ stage }) => matches(stage, name))) ??
    (names.length === 0 && seed !== undefined && ofSeed.length === 0 ? '' : undefined);
  if (unknown !== undefined) {
    const name = seed === undefined ? unknown : `${unknown}.seed-${seed}`;
    throw new PaperError('UnknownStage', `there is no published stage '${name}' in this profile.`, {
      details: [`expected one of ${known.join(', ') || 'none: this profile publishes nothing'}`],
      hint:
        known.length === 0
          ? 'name a profile that publishes its runs, for example `--profile paper`.'
          : nearestHint(name, known),
    });
  }
  return names.length === 0
    ? ofSeed
    : ofSeed.filter(({ stage }) => names.some((name) => matches(stage, name)));
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
