import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearestHint, PaperError } from '../engine/stage/index.ts';

/** Folders, followed through links; those with a dot in front are no one's paper. */
const foldersOf = (root: string, place: string): readonly string[] => {
  const path = join(root, place);
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new PaperError('NoPapers', `there is no folder ${place}/ in this project.`, {
      details: ['expected content/<paper>/index.mdx and experiments/<paper>/pipeline.ts'],
      hint: 'run the command in a project that has both folders, or bring them back: `git status` lists what is gone.',
    });
  }
  return readdirSync(path)
    .filter(
      (name) =>
        !name.startsWith('.') &&
        name !== 'node_modules' &&
        statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory(),
    )
    .sort();
};

/** The side that is there, its file, and what an error about the side that is not is called. */
const sides = [
  ['content', 'index.mdx', 'ExperimentsWithoutPaper'],
  ['experiments', 'pipeline.ts', 'PaperWithoutExperiments'],
] as const;

/**
 * Every paper of the project: a folder under `content` and one of its name under `experiments`. A page whose
 * twin is misnamed has no numbers, so it is refused before anything runs.
 *
 * @throws NoPapers, PaperWithoutExperiments, ExperimentsWithoutPaper
 */
export const paperIds = (root: string): readonly string[] => {
  const [content, experiments] = [foldersOf(root, 'content'), foldersOf(root, 'experiments')];
  for (const [place, file, name] of sides) {
    const [here, there, from] =
      place === 'content' ? [content, experiments, 'experiments'] : [experiments, content, 'content'];
    for (const id of there) {
      if (existsSync(join(root, place, id, file))) continue;
      const alone = here.filter((other) => !there.includes(other));
      throw new PaperError(name, `${from}/${id} has no ${place}/${id}/${file}.`, {
        details: [`expected one of ${here.map((other) => `${place}/${other}`).join(', ') || 'none'}`],
        hint:
          alone.length > 0
            ? nearestHint(id, alone)
            : `write ${place}/${id}/${file}, or move ${from}/${id} away.`,
      });
    }
  }
  return content;
};

/** The project's papers besides those that were computed. @throws as paperIds */
export const otherPapers = (
  root: string,
  computed: readonly { readonly paper: { readonly id: string } }[],
): readonly string[] => paperIds(root).filter((id) => !computed.some(({ paper }) => paper.id === id));
