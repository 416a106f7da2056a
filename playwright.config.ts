import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/setup/find-chromium.mjs';

/** Two clones on one machine test side by side on ports of their own. */
const port = Number(process.env['PAPER_TEST_PORT'] ?? 4387);
const executablePath = findChromium();

export default defineConfig({
  testMatch: ['tests/e2e/**/*.test.ts', 'experiments/*/tests/e2e/**/*.test.ts'],
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  outputDir: '.paper/playwright',
  // One for every machine: what a baseline keeps is of none.
  snapshotPathTemplate: '{arg}{ext}',
  use: {
    baseURL: `http://localhost:${port}`,
    // A container's root cannot use Chromium's sandbox; only our own pages are opened.
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] },
  },
  webServer: {
    command: `node_modules/.bin/node scripts/paper.mjs preview --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
