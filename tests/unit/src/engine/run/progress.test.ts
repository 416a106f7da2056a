import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createReporter } from '../../../../../src/engine/run/progress.ts';

test('off a terminal a line appears every few seconds, with figures and the time left', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  const reporter = createReporter(stream);
  const report = (done: number): void =>
    reporter.progress('train-v1', { done, total: 100, figures: { loss: '5.1', 'tokens/s': '9000' } });
  report(0);
  vi.advanceTimersByTime(2000);
  report(10);
  vi.advanceTimersByTime(4000);
  report(30);
  vi.useRealTimers();
  // 30 of 100 in 6 s: 14 s for the rest.
  expect(String((stream as unknown as PassThrough).read())).toBe(
    '  train-v1: 30/100 loss 5.1, tokens/s 9000, 14 s left\n',
  );
});
