import { PaperError } from '../engine/stage/index.ts';

/** An author's mistake; whatever else is thrown goes on. */
export const mistakeIn = async <T>(work: () => Promise<T>): Promise<T | PaperError> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PaperError) return error;
    throw error;
  }
};
