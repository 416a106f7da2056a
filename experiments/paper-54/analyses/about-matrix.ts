import { PaperError } from 'reproducible-paper/stage';

/**
 * Says of an error which matrix it is about: a degenerate one is found deep inside a measure that knows no names.
 *
 * @param what for example `Q of layer 3`
 * @throws whatever `measure` throws, with one more line
 */
export const aboutMatrix = <T>(what: string, measure: () => T): T => {
  try {
    return measure();
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    throw new PaperError(error.name, error.message, {
      hint: error.hint,
      details: [...error.details, `in ${what}`],
    });
  }
};
