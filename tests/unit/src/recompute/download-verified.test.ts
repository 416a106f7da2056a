import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { downloadVerified } from '../../../../src/recompute/download-verified.ts';
import { faultText } from '../../../../src/recompute/recomputation-text.ts';

afterEach(() => void vi.unstubAllGlobals());

const content = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
const file = {
  path: 'weights/w.safetensors',
  sha256: createHash('sha256').update(content).digest('hex'),
  sizeBytes: content.length,
};

const download = (answer: () => Promise<Response>, onBytes: (bytes: number) => void = () => {}) => {
  const asked = vi.fn(answer);
  vi.stubGlobal('fetch', asked);
  return { asked, work: downloadVerified('https://host.test/base/paper/', file, onBytes) };
};

const saying = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    ({ fault }) => faultText(fault),
  );

test('a file with the digest of the build is given, from below the paper', async () => {
  let bytes = 0;
  const { asked, work } = download(
    async () => new Response(content),
    (more) => {
      bytes += more;
    },
  );
  expect([...(await work)]).toEqual([...content]);
  expect(bytes).toBe(content.length);
  expect(String(asked.mock.calls[0])).toBe('https://host.test/base/paper/weights/w.safetensors');
});

test('another content, another length, no file, no network: each is told from the others', async () => {
  const flipped = content.with(500, content[500]! ^ 1);
  const received = createHash('sha256').update(flipped).digest('hex');
  expect(await saying(download(async () => new Response(flipped)).work)).toBe(
    `Nothing was computed: weights/w.safetensors is not the file that the build used. Its SHA-256 should be ${file.sha256} and is ${received}.`,
  );
  for (const other of [content.slice(1), new Uint8Array()]) {
    expect(await saying(download(async () => new Response(other)).work)).toContain('is not the file');
  }
  expect(await saying(download(async () => new Response('', { status: 404 })).work)).toContain(
    '(status 404)',
  );
  expect(await saying(download(() => Promise.reject(new TypeError('Failed to fetch'))).work)).toContain(
    'Are you offline?',
  );
});

test('a stream that breaks off is a network that is gone', async () => {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new TypeError('network error')),
  });
  expect(await saying(download(async () => new Response(broken)).work)).toContain('cannot be reached');
});

test('without digests nothing is downloaded', async () => {
  vi.stubGlobal('crypto', {});
  const { asked, work } = download(async () => new Response(content));
  expect(await saying(work)).toContain('on secure pages (https) alone');
  expect(asked).not.toHaveBeenCalled();
});
