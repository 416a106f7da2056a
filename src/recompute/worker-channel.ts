import { formatError, PaperError } from '../engine/stage/index.ts';
import { RecomputationError } from './download-verified.ts';
import type { RecomputationFault } from './worker-messages.ts';

export interface Failed {
  readonly kind: 'failed';
  readonly fault: RecomputationFault;
}

/** A worker's side of the channel. */
export interface WorkerChannel<Asked, Told> {
  readonly tell: (message: Told | Failed) => void;
  readonly listen: (answer: (message: Asked) => void) => void;
}

export const browserChannel = <Asked, Told>(): WorkerChannel<Asked, Told> => ({
  tell: (message) => globalThis.postMessage(message),
  listen: (answer) => globalThis.addEventListener('message', ({ data }) => answer(data as Asked)),
});

/** What stood in the way, as it passes through a channel. */
export const faultOf = (error: unknown): RecomputationFault => {
  if (error instanceof RecomputationError) return error.fault;
  return { kind: 'broken', message: error instanceof PaperError ? formatError(error) : String(error) };
};

/** Answers each message, or tells what stood in the way. */
export const answerAll = <Asked, Told>(
  { tell, listen }: WorkerChannel<Asked, Told>,
  answer: (asked: Asked) => Promise<Told>,
): void =>
  listen((asked) => {
    answer(asked).then(tell, (error: unknown) => tell({ kind: 'failed', fault: faultOf(error) }));
  });
