import { PaperError } from '../engine/stage/paper-error.ts';
import type { Matrix } from './matrix.ts';

/**
 * @param what names the matrix for the reader of the error, for example `Q of layer 3`
 * @throws NotFinite with the first entry that is not a finite number
 */
export const requireFinite = (a: Matrix, what: string): void => {
  // By a plain loop: a callback for each entry takes a third of the time of a decomposition.
  let index = 0;
  while (index < a.data.length && Number.isFinite(a.data[index])) index += 1;
  if (index === a.data.length) return;
  throw new PaperError('NotFinite', `${what} holds an entry that is not a finite number.`, {
    details: [
      `expected finite numbers; received ${a.data[index]} at row ${Math.floor(index / a.cols)}, column ${index % a.cols}`,
    ],
    hint: 'the run that made it diverged, or its file is damaged: make it again.',
  });
};

/** @throws ShapeMismatch */
export const requireInner = (a: number, b: number): void => {
  if (a === b) return;
  throw new PaperError('ShapeMismatch', 'two matrices cannot be multiplied.', {
    details: [`expected inner dimensions to agree; received ${a} and ${b}`],
    hint: 'transpose one of them, or check which run it is from.',
  });
};

/** @throws ShapeMismatch */
export const requireSquare = (a: Matrix): void => {
  if (a.rows === a.cols) return;
  throw new PaperError('ShapeMismatch', 'eigenvalues need a square matrix.', {
    details: [`expected as many rows as columns; received ${a.rows} x ${a.cols}`],
    hint: 'use singular values for a rectangular one.',
  });
};

/** @throws ShapeMismatch */
export const requireShape = (a: Matrix, rows: number, cols: number): void => {
  if (a.rows === rows && a.cols === cols) return;
  throw new PaperError('ShapeMismatch', 'matrices of different shapes cannot be decomposed in one call.', {
    details: [`expected ${rows} x ${cols}, as the first; received ${a.rows} x ${a.cols}`],
    hint: 'call once for each shape.',
  });
};
