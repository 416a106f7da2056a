/**
 * Lighthouse over built pages, on a phone and on a desktop: `node scripts/lighthouse.mjs [path…]`, after
 * `npm run build`. Its hundred packages are none of the project's: npx fetches them. Exits with 1 where a score is below
 * 1.00. Performance is of the machine at hand: it wants one that has nothing else to do.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
const scoresOf = (address, flags) => {
  const report = join(folder, 'report.json');
  execFileSync(
    'npx',
    [
      '--yes',
      `lighthouse@${version}`,
      address,
      '--quiet',
      '--output=json',
      `--output-path=${report}`,
      '--chrome-flags=--headless=new --no-sandbox',
      ...flags,
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
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

try {
  const origin = await served();
  for (const path of paths) {
    for (const [preset, flags] of Object.entries(presets)) {
      const scores = scoresOf(origin + path, flags);
      console.log(
        `${path} ${preset}: ${scores.map(([id, score]) => `${id} ${score?.toFixed(2)}`).join(', ')}`,
      );
      if (scores.some(([, score]) => score !== 1)) process.exitCode = 1;
    }
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
