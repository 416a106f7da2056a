import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtBase, serveAsHost } from '../../../../src/cli/serve-as-host.ts';

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'dist-'));
});
afterEach(() => rmSync(dist, { recursive: true }));

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
  }
};

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Buffer;
}

/** Answers to raw paths, as no client would tidy them. */
const ask = async (
  paths: readonly string[],
  given: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<readonly Answer[]> => {
  const server = createServer(serveAsHost(dist));
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const { port } = server.address() as AddressInfo;
  const answers = paths.map(
    (path) =>
      new Promise<Answer>((resolve, reject) => {
        request({ port, path, agent: false, ...given }, (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece) => pieces.push(piece));
          response.on('end', () => {
            const body = Buffer.concat(pieces);
            const { statusCode: status, headers } = response;
            resolve({ status, headers, text: body.toString('utf8'), body });
          });
        })
          .on('error', reject)
          .end();
      }),
  );
  try {
    return await Promise.all(answers);
  } finally {
    server.close();
  }
};

const site = (base: string) => ({
  'index.html': `<link href="${base}_astro/a.css">`,
  '_astro/a.css': 'a{}',
  'a-paper/index.html': 'the paper',
  'a-paper/tables/norms.csv': 'ä\r\n',
  'a-paper/weights/v1.safetensors': '0123456789',
  'a-paper/results.json': '{}',
});

test('a folder stands at its path with a slash, to which the one without redirects', async () => {
  write(site('/'));
  const [home, bare, slash, other, twice, file, fileSlash, empty] = await ask([
    '/',
    '/a-paper?x=1',
    '/a-paper/',
    '/none',
    '//a-paper',
    '/a-paper/results.json',
    '/a-paper/results.json/',
    '/a-paper/tables/',
  ]);
  expect(home).toMatchObject({ status: 200 });
  expect(bare).toMatchObject({ status: 301, headers: { location: '/a-paper/?x=1' } });
  expect(slash).toMatchObject({ status: 200, text: 'the paper' });
  expect(other).toMatchObject({ status: 404, text: 'not found' });
  expect(twice!.headers['location'] ?? '').not.toMatch(/^\/\//);
  expect(file).toMatchObject({ status: 200, text: '{}' });
  expect(fileSlash).toMatchObject({ status: 404 });
  expect(empty).toMatchObject({ status: 404 });
});

test('what was built for a base is served below it alone', async () => {
  write(site('/a-site/'));
  expect(builtBase(dist)).toBe('/a-site/');
  const [root, bare, home, paper, folder, outside] = await ask([
    '/',
    '/a-site',
    '/a-site/',
    '/a-site/a-paper/',
    '/a-site/a-paper',
    '/a-paper/',
  ]);
  expect(root).toMatchObject({ status: 301, headers: { location: '/a-site/' } });
  expect(bare).toMatchObject({ status: 301, headers: { location: '/a-site/' } });
  expect(home).toMatchObject({ status: 200 });
  expect(paper).toMatchObject({ status: 200, text: 'the paper' });
  expect(folder).toMatchObject({ status: 301, headers: { location: '/a-site/a-paper/' } });
  expect(outside).toMatchObject({ status: 404 });
});

test('types are those of a host, and what is not there is the page for it', async () => {
  write({ ...site('/'), '404.html': 'no such page' });
  const [html, csv, weights, json, missing] = await ask([
    '/a-paper/',
    '/a-paper/tables/norms.csv',
    '/a-paper/weights/v1.safetensors',
    '/a-paper/results.json',
    '/none/',
  ]);
  const typeOf = (found: Answer | undefined) => found?.headers['content-type'];
  expect(typeOf(html)).toBe('text/html;charset=utf-8');
  expect(typeOf(csv)).toBe('text/csv; charset=utf-8');
  expect(typeOf(weights)).toBe('application/octet-stream');
  expect(typeOf(json)).toBe('application/json');
  expect(missing).toMatchObject({ status: 404, text: 'no such page' });
  expect(typeOf(missing)).toBe('text/html; charset=utf-8');
});

test('only the head, a range, and what is no reading', async () => {
  write(site('/'));
  const path = '/a-paper/weights/v1.safetensors';
  const [head] = await ask([path], { method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '10' } });
  const ranged = async (range: string) => (await ask([path], { headers: { range } }))[0];
  expect(await ranged('bytes=2-4')).toMatchObject({ status: 206, text: '234' });
  expect(await ranged('bytes=7-')).toMatchObject({ status: 206, text: '789' });
  expect(await ranged('bytes=10-')).toMatchObject({ status: 416 });
  // A host may answer these with the whole; none may stop the server.
  for (const range of ['bytes=5-2', 'bytes=-3', 'bytes=0-0', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=x-y']) {
    expect(await ranged(range)).toMatchObject({ status: 200, text: '0123456789' });
  }
  expect((await ask([path], { method: 'POST' }))[0]).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
});

test('no address leads out of dist, or stops the server', async () => {
  write(site('/'));
  writeFileSync(`${dist}.secret`, 'secret');
  const paths = [
    `/../${dist.split('/').at(-1)}.secret`,
    `/..%2f${dist.split('/').at(-1)}.secret`,
    '/%',
    '/%00',
    '/a%0',
    '/%2e%2e/x',
  ];
  for (const { status, text } of await ask(paths)) {
    expect([400, 404]).toContain(status);
    expect(text).not.toContain('secret');
  }
  rmSync(`${dist}.secret`);
});

test('text is compressed for who asks, whole, and nothing else is', async () => {
  const long = 'every number is computed. '.repeat(1000);
  write({
    ...site('/'),
    'a-paper/index.html': long,
    'tables/a.csv': long,
    'weights.safetensors': long,
  });
  const gzip = { headers: { 'Accept-Encoding': 'deflate, gzip;q=0.8' } };
  const [page, table, bytes] = await ask(['/a-paper/', '/tables/a.csv', '/weights.safetensors'], gzip);
  for (const [answer, type] of [
    [page, 'text/html; charset=utf-8'],
    [table, 'text/csv; charset=utf-8'],
  ] as const) {
    expect(answer?.headers['content-encoding']).toBe('gzip');
    expect(answer?.headers['content-type']).toBe(type);
    expect(gunzipSync(answer?.body ?? '').toString('utf8')).toBe(long);
  }
  expect(bytes?.headers['content-encoding']).toBeUndefined();
  expect(bytes?.text).toBe(long);
  for (const headers of [
    {},
    { 'Accept-Encoding': 'gzip;q=0, identity' },
    { 'Accept-Encoding': 'gzip', Range: 'bytes=0-4' },
  ]) {
    const [plain] = await ask(['/a-paper/'], { headers });
    expect(plain?.headers['content-encoding']).toBeUndefined();
    expect(long.startsWith(plain?.text ?? 'none')).toBe(true);
  }
  const [head] = await ask(['/a-paper/'], { ...gzip, method: 'HEAD' });
  expect(head?.headers['content-encoding']).toBe('gzip');
  expect(head?.text).toBe('');
});
