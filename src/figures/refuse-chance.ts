/**
 * A figure is drawn from its data alone. What asks the clock or draws at random can stand in any expression, sample or
 * interval by bootstrap, so that it is Vega itself that refuses it.
 */
import * as vega from 'vega';
import { PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from './figure-source.ts';

/** What Vega was asked for. */
class ChanceAsked extends Error {
  readonly clock: boolean;

  constructor(clock: boolean) {
    super('this gives another drawing each time');
    this.clock = clock;
  }
}

const askClock = (): never => {
  throw new ChanceAsked(true);
};

/** From here on, in all that Vega draws. */
export const refuseChance = (): void => {
  // Exported, but missing from the package's types.
  const { setRandom } = vega as unknown as { readonly setRandom: (random: () => number) => void };
  setRandom(() => {
    throw new ChanceAsked(false);
  });
  vega.expressionFunction('now', askClock);
  vega.expressionFunction('datetime', (...given: readonly number[]) =>
    given.length === 0 ? askClock() : new Date(...(given as [number, number])),
  );
};

/** As they are written in a specification. */
const words = {
  clock: ['now', 'datetime'],
  chance: [
    'random',
    'sample',
    'ci0',
    'ci1',
    'ci',
    'sampleNormal',
    'sampleLogNormal',
    'sampleUniform',
    'errorbar',
    'errorband',
  ],
};

/** BadFigure where Vega was asked for one of them; undefined for another error. */
export const chanceFault = (source: FigureSource, error: unknown): PaperError | undefined => {
  if (!(error instanceof ChanceAsked)) return undefined;
  const names = error.clock ? words.clock : words.chance;
  const word = names.find((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(source.text));
  const what = error.clock ? 'it asks the clock' : 'it draws at random';
  return new PaperError(
    'BadFigure',
    `figure '${source.id}' cannot be drawn: ${what}, and gives another drawing each time.`,
    {
      // No path: wherever the word is.
      where: placeOf(source, [''], word),
      hint: error.clock
        ? 'write the date out, or let a stage compute what the figure shows.'
        : 'let a stage draw at random, with a seed, and the bounds of intervals with it.',
    },
  );
};
