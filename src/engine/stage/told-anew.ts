import { PaperError, type PaperErrorOptions } from './paper-error.ts';

/** The same error with another place, or other details, as whoever catches it knows more. */
export const toldAnew = (error: PaperError, changes: Partial<PaperErrorOptions>): PaperError => {
  const { name, message, hint, where, details, cause } = error;
  return new PaperError(name, message, { hint, where, details, cause, ...changes });
};
