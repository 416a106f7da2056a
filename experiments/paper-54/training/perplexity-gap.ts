import { PaperError } from 'reproducible-paper/stage';

/**
 * How far CT+SFT's perplexity lies above V1's, less one.
 *
 * @param lossOf a run's held-out loss in nats
 * @param where both should be found, for the reader of an error
 * @throws RunMissing
 */
export const perplexityGap = (lossOf: (run: string) => number | undefined, where: string): number => {
  const known = (run: string): number => {
    const loss = lossOf(run);
    if (loss !== undefined) return loss;
    throw new PaperError('RunMissing', `${where} has no loss of '${run}' to compare.`, {
      details: ["expected those of 'v1' and 'ct-sft'"],
      hint: 'give the stage both runs of every seed.',
    });
  };
  return Math.exp(known('ct-sft') - known('v1')) - 1;
};

/** The same of one seed's rows of `training-ladder`. @throws RunMissing */
export const ladderGap = (rows: readonly Readonly<Record<string, unknown>>[]): number =>
  perplexityGap((run) => {
    const loss = rows.find(({ method }) => method === run)?.['loss'];
    return typeof loss === 'number' ? loss : undefined;
  }, 'the ladder');
