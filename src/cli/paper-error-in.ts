import { PaperError, type SourcePosition } from '../engine/stage/index.ts';

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly hint: string;
  readonly details: readonly string[];
  readonly where?: SourcePosition | undefined;
  readonly cause?: unknown;
}

const isErrorLike = (thrown: object): thrown is ErrorLike =>
  'hint' in thrown && typeof thrown.hint === 'string' && 'details' in thrown && Array.isArray(thrown.details);

/**
 * The author's error in what was thrown, or in what caused it: pages are bundled, and throw errors of a class of their
 * own that has the same form.
 */
export const paperErrorIn = (thrown: unknown): PaperError | undefined => {
  if (thrown instanceof PaperError) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if (isErrorLike(thrown)) {
    const { name, message, hint, details, where, cause } = thrown;
    return new PaperError(name, message, { hint, details, where, cause });
  }
  return 'cause' in thrown ? paperErrorIn(thrown.cause) : undefined;
};
