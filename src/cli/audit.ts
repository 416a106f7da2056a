import { auditRun, partsNeedInputs, witnessParts } from '../engine/index.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import { selectPublished } from './select-published.ts';
import { createWorkshop } from './workshop.ts';

/** Replays the witnesses of published runs; a line each. Any difference makes the exit code 1. */
export const audit = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly { readonly stage: string; readonly equal: boolean; readonly text: string }[]> => {
  const told: { stage: string; equal: boolean; text: string }[] = [];
  const selected = await selectPublished(root, options, words);
  const { part } = options;
  const parts = [...new Set(selected.flatMap(({ stage }) => witnessParts(stage)))];
  if (part !== undefined && !parts.includes(part)) {
    throw new PaperError('UnknownPart', `no witness has a part '${part}'.`, {
      details: [`expected one of ${parts.join(', ') || 'none: no published stage has a witness'}`],
      hint: nearestHint(part, parts),
    });
  }
  const workshop = createWorkshop(root);
  try {
    for (const { pipeline, stage } of selected) {
      const alone = witnessParts(stage).filter((id) => !partsNeedInputs(stage, [id]));
      const { equal, text } = await auditRun(
        workshop,
        pipeline,
        stage,
        part === undefined ? (options['without-inputs'] === undefined ? undefined : alone) : [part],
      );
      told.push({ stage: stage.name, equal, text });
      console.log(`${stage.name}: ${text}`);
      if (!equal) process.exitCode = 1;
    }
  } finally {
    workshop.reporter.close();
  }
  return told;
};
