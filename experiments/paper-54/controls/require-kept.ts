import { PaperError } from 'reproducible-paper/stage';

/** A figure that a published stage kept, and the same made again. */
interface KeptFigure {
  /** The stage, without a seed. */
  readonly stage: string;
  readonly what: string;
  /** undefined: none was kept. */
  readonly kept: number | undefined;
  readonly again: number;
  readonly tolerance: number;
}

/**
 * What was too long for a build is not believed: its first figures are made again.
 *
 * @throws KeptDiffers where they are not what was kept
 */
export const requireKept = ({ stage, what, kept, again, tolerance }: KeptFigure): void => {
  if (kept !== undefined && Math.abs(kept - again) <= tolerance) return;
  throw new PaperError('KeptDiffers', `${what}, made again, is not what ${stage} kept.`, {
    details: [`expected ${kept ?? 'a figure'} within ${tolerance}; received ${again}`],
    hint: `it was made of other weights or by other code: \`npm run paper -- status\` names each run of ${stage}; make it anew by \`npm run train -- <run> --again\`.`,
  });
};
