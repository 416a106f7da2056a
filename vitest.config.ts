import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'tests/{unit,pipeline,mutations,crash}/**/*.test.ts',
      '{experiments/*,templates/*/experiments}/tests/**/*.test.ts',
    ],
    // Those are the browser's.
    exclude: ['**/node_modules/**', '**/tests/e2e/**'],
    // Native handles are counted, so that test files may not share a process.
    pool: 'forks',
    // One a core of the machine that the suite is kept short on; vitest leaves one core idle.
    maxWorkers: 2,
    testTimeout: 60_000,
    env: { TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '2', TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
