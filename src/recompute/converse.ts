import { RecomputationError } from './download-verified.ts';
import type { Failed } from './worker-channel.ts';

export interface PageWorker<Asked> {
  readonly post: (asked: Asked) => void;
  readonly terminate: () => void;
}

/**
 * Starts a script as a worker.
 *
 * @param onFailure is told what was thrown, and nothing where the script itself did not come
 */
export type StartWorker<Asked, Told> = (
  script: string,
  onTold: (told: Told | Failed) => void,
  onFailure: (message: string | undefined) => void,
) => PageWorker<Asked>;

/** What is told on the way to an answer. */
type PassingKind = 'downloaded' | 'progress';
type Passing<Told> = Extract<Told, { readonly kind: PassingKind }>;
export type Final<Told> = Exclude<Told, { readonly kind: PassingKind | 'failed' }>;

const isPassing = <Told extends { readonly kind: string }>(told: Told): told is Passing<Told> =>
  told.kind === 'downloaded' || told.kind === 'progress';

export interface Conversation<Asked, Told> {
  /** @throws RecomputationError */
  readonly ask: (asked: Asked, onPassing?: (told: Passing<Told>) => void) => Promise<Final<Told>>;
  readonly terminate: () => void;
}

/** A worker that is asked one thing after another; `ask` waits for the answer. */
export const converse = <Asked, Told extends { readonly kind: string }>(
  script: string,
  start: StartWorker<Asked, Told>,
): Conversation<Asked, Told> => {
  let hear: { readonly told: (told: Told | Failed) => void; readonly failed: (error: Error) => void };
  const worker = start(
    script,
    (told) => hear.told(told),
    (message) =>
      hear.failed(
        new RecomputationError(message ? { kind: 'broken', message } : { kind: 'unreachable', path: script }),
      ),
  );
  return {
    ask: (asked, onPassing = () => {}) =>
      new Promise((resolve, reject) => {
        const told = (message: Told | Failed): void => {
          if (message.kind === 'failed') reject(new RecomputationError((message as Failed).fault));
          else if (isPassing(message as Told)) onPassing(message as Passing<Told>);
          else resolve(message as Final<Told>);
        };
        hear = { told, failed: reject };
        worker.post(asked);
      }),
    terminate: worker.terminate,
  };
};
