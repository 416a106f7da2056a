import { nearestHint, PaperError, type Stage } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import { ambiguousStage, loadStages, type PaperStage } from './load-stages.ts';

/** `fit` is `fit` itself, or all of `fit.seed-1`, `fit.seed-2`, ... */
const matches = (stage: Stage, name: string): boolean =>
  stage.name === name || stage.name.startsWith(`${name}.`);

/**
 * The published stages that a command's words name, in data order; without any all published stages.
 *
 * @throws NothingPublished when there are none to name
 * @throws UnknownStage with the nearest name; AmbiguousStage
 */
export const selectAmong = (all: readonly PaperStage[], words: readonly string[]): readonly PaperStage[] => {
  if (all.length === 0) {
    throw new PaperError('NothingPublished', 'no stage of these papers and profiles is published.', {
      hint: 'name a profile whose runs are, by `--profile`; `npm run paper -- status` tells which stages are published.',
    });
  }
  if (words.length === 0) return all;
  const known = all.map(({ stage }) => stage.name);
  const wanted = words.flatMap((name) => {
    const found = all.filter(({ stage }) => matches(stage, name));
    const papers = [...new Set(found.map(({ pipeline }) => pipeline.paper))];
    if (papers.length > 1) throw ambiguousStage(name, papers);
    if (found.length > 0) return found;
    throw new PaperError('UnknownStage', `no published stage of this profile is named '${name}'.`, {
      details: [`expected one of ${known.join(', ')}`],
      hint: nearestHint(name, known),
    });
  });
  return all.filter((selected) => wanted.includes(selected));
};

/** The published stages of all papers that a command names, with the papers loaded for its profile. */
export const selectPublished = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly PaperStage[]> =>
  selectAmong(
    (await loadStages(root, options)).filter(({ stage }) => stage.published),
    words,
  );
