/**
 * Runs the project's command line on the project's own Node. What must stand in the environment before a
 * process starts is set here.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// Training allocates and frees the same large blocks each step: without these glibc returns them to the system
// and faults them in again.
const malloc = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_TOP_PAD_: String(2 ** 28),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};

const child = spawn(
  join(root, 'node_modules', '.bin', 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, 'src', 'cli', 'paper.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...malloc, ASTRO_TELEMETRY_DISABLED: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => {
  process.exitCode = signal ? 130 : (code ?? 1);
});
