import { formatError, PaperError } from '../../../../src/engine/stage/paper-error.ts';
import type { Datasets } from '../../../../src/figures/dataset-rows.ts';
import { drawFigure } from '../../../../src/figures/draw-figure.ts';
import type { FigureSource } from '../../../../src/figures/figure-source.ts';

/** Results of a paper whose tables have names that another paper's have as well. */
export const datasets: Datasets = {
  'band-energy': [
    { band: 'low', energy: 1, note: 'a', empty: null, uniform: 0.5 },
    { band: 'high', energy: 3, note: 'b', empty: null, uniform: 0.25 },
  ],
  curve: [1, 2, 3].flatMap((step) => ['a', 'b'].map((run) => ({ step, run, loss: run === 'a' ? step : 5 }))),
  empty: [],
};

/** A point a band. */
export const plain = {
  data: { name: 'band-energy' },
  mark: 'point',
  encoding: {
    x: { field: 'band', type: 'nominal' },
    y: { field: 'energy', type: 'quantitative' },
  },
};

/** The plain figure with another y. */
export const withY = (y: object) => ({ ...plain, encoding: { ...plain.encoding, y } });

/** The plain figure after a transform. */
export const after = (...transform: object[]) => ({ ...plain, transform });

export const source = (spec: object, file = 'content/other/figures/energies.json'): FigureSource => ({
  id: 'energies',
  file,
  text: JSON.stringify(spec, null, 1),
  spec: JSON.parse(JSON.stringify(spec)),
});

/** The whole text of the error that an author would read; `drawn` if there is none. */
export const textOf = async (spec: object, file?: string, given: Datasets = datasets): Promise<string> => {
  try {
    await drawFigure(source(spec, file), given);
    return 'drawn';
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    return formatError(error);
  }
};
