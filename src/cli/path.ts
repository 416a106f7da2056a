import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineStatus, publishedPlace } from '../engine/index.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import { ambiguousStage, loadStages, type PaperStage, unknownStage } from './load-stages.ts';
import { createWorkshop } from './workshop.ts';

/** Where an output lies: to be read by other tools, never to be written. */
export interface OutputPath {
  readonly stage: string;
  readonly output: string;
  readonly path: string;
}

const stageNamed = async (
  root: string,
  options: BuildOptions,
  name: string | undefined,
): Promise<PaperStage> => {
  const all = await loadStages(root, options);
  const [found, ...others] = all.filter(({ stage }) => stage.name === name);
  if (name !== undefined && found && others.length > 0) {
    throw ambiguousStage(
      name,
      [found, ...others].map(({ pipeline }) => pipeline.paper),
    );
  }
  if (found) return found;
  const names = all.map(({ stage }) => stage.name);
  if (name !== undefined) throw unknownStage(name, names);
  throw new PaperError('NothingNamed', 'path needs the name of a stage.', {
    hint: 'give one: `npm run paper -- path <stage>`; `npm run paper -- status` lists them.',
  });
};

/**
 * Prints where the outputs of a stage lie, a path a line.
 *
 * @throws NothingNamed, UnknownStage, AmbiguousStage, UnknownOutput; NotMade when the stage is not up to date
 */
export const path = async (
  root: string,
  options: BuildOptions,
  [name, output]: readonly string[],
): Promise<readonly OutputPath[]> => {
  const { pipeline, stage } = await stageNamed(root, options, name);
  const outputs = Object.keys(stage.code.outputs);
  if (output !== undefined && !outputs.includes(output)) {
    throw new PaperError('UnknownOutput', `there is no output '${output}'.`, {
      hint: nearestHint(output, outputs),
    });
  }
  const workshop = createWorkshop(root, options['backend']);
  try {
    const status = (await pipelineStatus(workshop, pipeline)).find((found) => found.name === stage.name);
    const entries = (status?.keys ?? []).map((key) => workshop.store.get(key));
    const { folder } = publishedPlace(workshop, pipeline, stage);
    const found = (output === undefined ? outputs : [output]).flatMap((wanted): readonly OutputPath[] => {
      const published = join(folder, stage.code.outputs[wanted] ?? '');
      if (stage.published && existsSync(published))
        return [{ stage: stage.name, output: wanted, path: published }];
      const entry = entries.flatMap((lookup) => (lookup.state === 'found' ? [lookup.entry] : []))[0];
      return entry ? [{ stage: stage.name, output: wanted, path: workshop.store.path(entry, wanted) }] : [];
    });
    if (status?.state !== 'fresh' || found.length === 0) {
      throw new PaperError(
        'NotMade',
        `'${stage.name}' has no outputs of today: it is ${status?.state ?? 'missing'}.`,
        {
          details: status && status.reason !== '' ? [status.reason] : [],
          hint: 'run `npm run paper -- results` first, which makes what is not up to date.',
        },
      );
    }
    for (const line of found) console.log(line.path);
    return found;
  } finally {
    workshop.reporter.close();
  }
};
