import { type Verification, verifyStage } from '../engine/index.ts';
import type { BuildOptions } from './load-papers.ts';
import { loadStages, type PaperStage, unknownStage } from './load-stages.ts';
import { createWorkshop } from './workshop.ts';

const linesOf = ({ stage, difference }: Verification): string =>
  difference
    ? [
        `${stage}: two runs differ in '${difference.output}' at ${difference.at}`,
        `  first   ${difference.first}`,
        `  second  ${difference.second}`,
        '  hint: a clock, an unseeded random number, a path or the order of a folder decides a part of it: make it a parameter, seed it, or sort.',
      ].join('\n')
    : `${stage}: two runs are equal`;

/** All stages of that name, in whatever paper. @throws UnknownStage */
const named = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly PaperStage[]> => {
  const all = await loadStages(root, options);
  const names = all.map(({ stage }) => stage.name);
  const unknown = words.find((word) => !names.includes(word));
  if (unknown !== undefined) throw unknownStage(unknown, names);
  // What is published takes longer than a build may: it is verified when it is named.
  return all.filter(({ stage }) => (words.length === 0 ? !stage.published : words.includes(stage.name)));
};

/** Runs stages twice, otherwise each time; all but published ones unless named. Any difference makes the exit code 1. */
export const verify = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly Verification[]> => {
  const workshop = createWorkshop(root, options['backend']);
  const found: Verification[] = [];
  try {
    for (const { pipeline, stage } of await named(root, options, words)) {
      const verification = await verifyStage(workshop, pipeline, stage);
      found.push(verification);
      console.log(linesOf(verification));
      if (!verification.equal) process.exitCode = 1;
    }
  } finally {
    workshop.reporter.close();
  }
  return found;
};
