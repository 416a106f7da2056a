import { expect, test } from 'vitest';
import { encodeHeader } from '../../../../src/numerics/safetensors-header.ts';
import { Buffer as BrowserBuffer } from '../../../../src/recompute/browser-buffer.ts';

test('a header of tensors is written by it as by the one of Node', () => {
  const tensors = [['größe', { dtype: 'F32', shape: [2, 3] }]] as const;
  const nodes = encodeHeader(tensors, { run: 'v1' });
  const own = globalThis.Buffer;
  try {
    globalThis.Buffer = BrowserBuffer as unknown as typeof own;
    expect([...encodeHeader(tensors, { run: 'v1' })]).toEqual([...nodes]);
  } finally {
    globalThis.Buffer = own;
  }
});

test('bytes are read as text', () => {
  const bytes = new TextEncoder().encode('xgrößer').subarray(1);
  expect(BrowserBuffer.from(bytes).toString()).toBe('größer');
  expect(BrowserBuffer.from('größer').toString()).toBe('größer');
});
