/**
 * Sets the project up for what is asked for, and runs its command line on its own Node. What must stand in the
 * environment before a process starts is set here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mallocSettings } from './malloc-settings.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Of the flags only the backend decides what has to be installed.
const words = process.argv.slice(2);
const backendAt = words.findIndex((word) => word.startsWith('--backend'));
const backendWords = backendAt < 0 ? [] : words.slice(backendAt, backendAt + 2);

const setup = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs'), ...backendWords], {
  // Standard output is the command's own: with --json, JSON alone.
  stdio: ['inherit', 2, 'inherit'],
});
if (setup.status !== 0) process.exit(setup.status ?? 1);

const child = spawn(
  join(root, 'node_modules', '.bin', 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, 'src', 'cli', 'paper.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: root,
    env: {
      ...process.env,
      ...mallocSettings,
      // What a page prints of a date or a number is the same wherever it is rendered, and stages run under the same.
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      // The bundler would collect its garbage each time that its memory has doubled: two core-seconds of a first build.
      GOGC: '200',
      // A fifth of what a short command takes is compiling; code of another text is compiled anew.
      NODE_COMPILE_CACHE: join(root, '.paper', 'compile-cache'),
      ASTRO_TELEMETRY_DISABLED: '1',
      TF_CPP_MIN_LOG_LEVEL: '2',
    },
  },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  console.error(`NodeUnusable: the project's own Node does not start: ${error.message}`);
  console.error('  hint: remove node_modules and run the same command again; it is then installed anew.');
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 130 : (code ?? 1);
});
