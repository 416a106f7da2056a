import { formatError, PaperError } from '../src/engine/stage/paper-error.ts';

const textOfError = (error: unknown): string => {
  if (!(error instanceof PaperError)) throw error;
  return formatError(error);
};

/** The whole text that a person would read of the error that `work` throws. */
export const errorText = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return textOfError(error);
  }
  return 'nothing was thrown';
};

/** The same of work that takes time. */
export const rejectionText = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return textOfError(error);
  }
  return 'nothing was thrown';
};
