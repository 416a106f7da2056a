import type { StartWorker } from '../../recompute/converse.ts';

/** @param folder the paper's, absolute */
export const startWorker =
  <Asked, Told>(folder: string): StartWorker<Asked, Told> =>
  (script, onTold, onFailure) => {
    const worker = new Worker(new URL(script, folder), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent) => onTold(data);
    worker.onerror = ({ message }: { readonly message?: string }) => onFailure(message);
    return { post: (asked) => worker.postMessage(asked), terminate: () => worker.terminate() };
  };
