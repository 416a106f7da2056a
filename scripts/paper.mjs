/**
 * Runs the project's command line on the project's own Node. What must stand in the environment before a
 * process starts is set here.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mallocSettings } from './malloc-settings.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const child = spawn(
  join(root, 'node_modules', '.bin', 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, 'src', 'cli', 'paper.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...mallocSettings, ASTRO_TELEMETRY_DISABLED: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 130 : (code ?? 1);
});
