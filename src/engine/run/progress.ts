import { MultiBar, type SingleBar } from 'cli-progress';
import type { Progress } from '../stage/define-stage.ts';

/** What a build says while it works. */
export interface Reporter {
  readonly say: (line: string) => void;
  readonly progress: (stageName: string, progress: Progress) => void;
  readonly finished: (stageName: string) => void;
  readonly close: () => void;
}

const lineEveryMs = 5000;

const figuresOf = (
  { done, total, figures = {} }: Progress,
  elapsedMs: number,
  doneAtStart: number,
): string => {
  const worked = done - doneAtStart;
  const leftS = worked > 0 ? ((total - done) * elapsedMs) / worked / 1000 : Number.NaN;
  return [
    ...Object.entries(figures).map(([name, value]) => `${name} ${value}`),
    ...(Number.isFinite(leftS) ? [`${Math.round(leftS)} s left`] : []),
  ].join(', ');
};

/**
 * A bar a running stage on a terminal; elsewhere a line every few seconds.
 */
export const createReporter = (stream: NodeJS.WriteStream = process.stdout): Reporter => {
  const bars = stream.isTTY
    ? new MultiBar({
        format: '  {stage} [{bar}] {value}/{total} {figures}',
        hideCursor: true,
        stream,
        clearOnComplete: true,
      })
    : undefined;
  const running = new Map<
    string,
    { bar?: SingleBar; startMs: number; saidMs: number; doneAtStart: number }
  >();
  return {
    say: (line) => {
      if (bars) bars.log(`${line}\n`);
      else stream.write(`${line}\n`);
    },
    progress: (stageName, progress) => {
      const nowMs = performance.now();
      let state = running.get(stageName);
      if (!state) {
        const bar = bars?.create(progress.total, progress.done, { stage: stageName, figures: '' });
        state = { ...(bar ? { bar } : {}), startMs: nowMs, saidMs: nowMs, doneAtStart: progress.done };
        running.set(stageName, state);
      }
      const figures = figuresOf(progress, nowMs - state.startMs, state.doneAtStart);
      if (state.bar) state.bar.update(progress.done, { figures });
      else if (nowMs - state.saidMs >= lineEveryMs) {
        state.saidMs = nowMs;
        stream.write(`  ${stageName}: ${progress.done}/${progress.total} ${figures}\n`);
      }
    },
    finished: (stageName) => {
      const bar = running.get(stageName)?.bar;
      if (bar) bars?.remove(bar);
      running.delete(stageName);
    },
    close: () => bars?.stop(),
  };
};
