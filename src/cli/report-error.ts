import { formatError, PaperError } from '../engine/stage/paper-error.ts';
import { exitCodes } from './help-text.ts';

/** A person's mistake is told without a stack; anything else is ours and keeps it. */
export const reportError = (error: unknown): void => {
  if (error instanceof PaperError) console.error(`\n${formatError(error)}`);
  else console.error('\ninternal error, a fault of this program:\n', error);
  process.exitCode = error instanceof PaperError ? exitCodes.refused : exitCodes.internal;
};
