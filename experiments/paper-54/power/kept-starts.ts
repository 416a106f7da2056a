/** What `planted-start-trials` wrote. */
import { float64Of, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { statistics } from '../forms/null-summary.ts';
import { startFigures } from './start-trial.ts';

/** Of one model after one of its steps. */
interface Look {
  readonly trial: number;
  /** Its place, none first. */
  readonly strength: number;
  /** Its place. */
  readonly step: number;
}

export interface KeptStarts {
  readonly trials: number;
  readonly figure: (of: Look, statistic: number, figure: (typeof startFigures)[number]) => number;
  readonly loss: (of: Look) => number;
}

/** @param strengths how many, with none */
export const readStarts = (path: string, strengths: number, steps: number): KeptStarts => {
  const file = readSafetensors(path);
  const { figures, losses } = { figures: float64Of(file, 'figures'), losses: float64Of(file, 'losses') };
  const at = ({ trial, strength, step }: Look): number => (trial * strengths + strength) * steps + step;
  return {
    trials: Number(file.metadata['trials']),
    figure: (of, statistic, figure) =>
      figures[(at(of) * statistics.length + statistic) * startFigures.length + startFigures.indexOf(figure)]!,
    loss: (of) => losses[at(of)]!,
  };
};
