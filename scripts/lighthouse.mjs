/**
 * Lighthouse over built pages, on a phone and on a desktop: `node scripts/lighthouse.mjs [path…]`, after
 * `npm run build`. Its hundred packages are none of the project's: npx fetches them. Exits with 1 where a score is below
 * 1.00. Performance is of the machine at hand: it wants one that has nothing else to do.
 *
 * Pages are read as hosts serve them today, by HTTP/2, with a certificate of the moment, which openssl makes. By HTTP/1.1 each
 * file that is asked for beside another opens a connection of its own: the phone's network that Lighthouse computes with
 * then takes half a second more to the largest paint.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findChromium } from './setup/find-chromium.mjs';

const version = '13.5.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const paths = process.argv.length > 2 ? process.argv.slice(2) : ['/'];

/** @type {Readonly<Record<string, readonly string[]>>} */
const presets = { phone: [], desktop: ['--preset=desktop'] };

const server = spawn(join(bin, 'node'), [join(root, 'scripts/paper.mjs'), 'preview', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));

const certificate = () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = [
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '1',
    '-subj',
    '/CN=localhost',
  ];
  execFileSync('openssl', ['req', '-x509', ...made], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
};

/** What HTTP/2 has no word for. */
const ofConnections = ['connection', 'keep-alive', 'transfer-encoding'];

/** @param {string} origin of the preview */
const byHttp2 = (origin) =>
  createSecureServer(certificate(), ({ headers, url, method }, response) => {
    const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
    request(`${origin}${url}`, { method, headers: plain }, (answer) => {
      const sent = Object.entries(answer.headers).filter(([name]) => !ofConnections.includes(name));
      response.writeHead(answer.statusCode ?? 500, Object.fromEntries(sent));
      answer.pipe(response);
    }).end();
  });

/** @returns {Promise<string>} where it serves, without a slash at its end */
const served = () =>
  new Promise((resolve, reject) => {
    let told = '';
    server.stdout.on('data', (piece) => {
      told += piece;
      const [, address] = /(http:\/\/localhost:\d+)/.exec(told) ?? [];
      if (address) resolve(address);
    });
    server.on('exit', () => reject(new Error('the preview ended')));
  });

/** @param {string} address @param {readonly string[]} flags */
const scoresOf = async (address, flags) => {
  const report = join(folder, 'report.json');
  // Not at once: this process serves the page meanwhile.
  await promisify(execFile)(
    'npx',
    [
      '--yes',
      `lighthouse@${version}`,
      address,
      '--quiet',
      '--output=json',
      `--output-path=${report}`,
      '--chrome-flags=--headless=new --no-sandbox --ignore-certificate-errors',
      ...flags,
    ],
    {
      // Lighthouse wants the project's Node, and a machine's may be older.
      env: {
        ...process.env,
        PATH: `${bin}:${process.env['PATH']}`,
        CHROME_PATH: findChromium() ?? process.env['CHROME_PATH'] ?? '',
      },
    },
  );
  /** @type {{ categories: Record<string, { score: number | null }> }} */
  const { categories } = JSON.parse(readFileSync(report, 'utf8'));
  return Object.entries(categories).map(([id, { score }]) => /** @type {const} */ ([id, score]));
};

/** @type {import('node:http2').Http2SecureServer | undefined} */
let front;
try {
  front = byHttp2(await served()).listen(0);
  await once(front, 'listening');
  const address = front.address();
  const origin = `https://localhost:${typeof address === 'object' ? address?.port : address}`;
  for (const path of paths) {
    for (const [preset, flags] of Object.entries(presets)) {
      const scores = await scoresOf(origin + path, flags);
      console.log(
        `${path} ${preset}: ${scores.map(([id, score]) => `${id} ${score?.toFixed(2)}`).join(', ')}`,
      );
      if (scores.some(([, score]) => score !== 1)) process.exitCode = 1;
    }
  }
} finally {
  server.kill();
  front?.close();
  rmSync(folder, { recursive: true, force: true });
}
