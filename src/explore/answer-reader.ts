import { PaperError } from '../engine/stage/index.ts';
import { downloadVerified, RecomputationError } from '../recompute/download-verified.ts';
import { dropFiles, keepFile } from '../recompute/memory-files.ts';
import { answerAll, browserChannel, type WorkerChannel } from '../recompute/worker-channel.ts';
import type { Choices, Exploration, OpenExploration } from './exploration.ts';
import type { AskedOfExplorer, ToldByExplorer } from './explore-messages.ts';
import { requireShowable } from './view.ts';

/** @throws RecomputationError: refused, for choices that have no answer */
const answerTo = async ({ show }: OpenExploration, choices: Choices) => {
  try {
    return await show(choices);
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    const { message, details, hint } = error;
    throw new RecomputationError({ kind: 'refused', message, details, hint });
  }
};

/**
 * An exploration's worker: it downloads what the reader chose to load, opens it when every digest is as recorded, and
 * then answers each of the reader's choices.
 *
 * @param codes the paper's explorations, by the names that the build gave them
 */
export const answerReader = (
  codes: Readonly<Record<string, Exploration>>,
  channel: WorkerChannel<AskedOfExplorer, ToldByExplorer> = browserChannel(),
): void => {
  let opened: OpenExploration | undefined;

  const open = async ({
    folder,
    code,
    files,
  }: Extract<AskedOfExplorer, { kind: 'open' }>): Promise<ToldByExplorer> => {
    const paths: Record<string, string> = {};
    try {
      for (const [name, file] of Object.entries(files)) {
        const path = `/${file.path}`;
        keepFile(
          path,
          await downloadVerified(folder, file, (bytes) => channel.tell({ kind: 'downloaded', bytes })),
        );
        paths[name] = path;
      }
      opened = await codes[code]!.open(paths);
    } finally {
      dropFiles();
    }
    return { kind: 'opened', controls: opened.controls };
  };

  const show = async (choices: Choices): Promise<ToldByExplorer> => {
    if (!opened) throw new Error('internal: nothing was opened');
    return { kind: 'shown', views: requireShowable(await answerTo(opened, choices)) };
  };

  answerAll(channel, (asked) => (asked.kind === 'open' ? open(asked) : show(asked.choices)));
};
