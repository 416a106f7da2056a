import { type Attestation, attestRun, comparisonWords } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import type { BuildOptions } from './load-papers.ts';
import { selectPublished } from './select-published.ts';
import { createWorkshop } from './workshop.ts';

const attestedWords = ({ parts, added = [], by }: Attestation): string =>
  by === 'the same outputs'
    ? 'made again, with the same outputs'
    : `${parts.join(' and ')} replayed, ${comparisonWords(by)}${added.length > 0 ? `; added to its witness: ${added.join(' and ')}` : ''}`;

/** Attests the named published runs one after the other, and says what was replayed. */
export const attest = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly { readonly stage: string; readonly attested: boolean }[]> => {
  const told: { stage: string; attested: boolean }[] = [];
  if (words.length === 0) {
    throw new PaperError('NothingNamed', 'attest needs the name of a published stage.', {
      hint: 'give one: `npm run paper -- attest <stage>`; `npm run paper -- status` lists them.',
    });
  }
  const selected = await selectPublished(root, options, words);
  const workshop = createWorkshop(root);
  try {
    for (const { pipeline, stage } of selected) {
      const attestation = await attestRun(workshop, pipeline, stage);
      told.push({ stage: stage.name, attested: Boolean(attestation) });
      console.log(
        attestation
          ? `${stage.name}: attested: ${attestedWords(attestation)}`
          : `${stage.name}: its key is already of today; there is nothing to attest`,
      );
    }
  } finally {
    workshop.reporter.close();
  }
  return told;
};
