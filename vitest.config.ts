import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes a file comes first, so that no core waits for it at the end. */
const slowestFirst = ['/tests/mutations/', '/tests/crash/', '/tests/pipeline/'];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = slowestFirst.findIndex((folder) => moduleId.includes(folder));
      return at < 0 ? slowestFirst.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

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
    sequence: { sequencer: SlowestFirst },
    // For what hangs: a machine that has other work takes several times as long as one that has none.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    env: { TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '2', TF_CPP_MIN_LOG_LEVEL: '2' },
  },
});
