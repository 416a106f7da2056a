/** Builds a project in a process of its own, and says what came of it: `build-once.ts <project> <store>`. */
import { runPipeline } from '../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../src/engine/run/store.ts';
import { PaperError } from '../../src/engine/stage/paper-error.ts';
import { crashPipeline } from './crash-project.ts';

const [root = '', store = ''] = process.argv.slice(2);
const platform = { backend: { choice: 'none' }, node: '22', compiled: {} };
try {
  const finished = await runPipeline(
    {
      root,
      store: openStore(store),
      platform,
      reference: platform,
      machine: {},
      environment: () => ({}),
      reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
    },
    await crashPipeline(root),
  );
  const digests = Object.fromEntries([...finished].map(([name, { entry }]) => [name, entry.digests]));
  const ran = [...finished].flatMap(([name, stage]) => (stage.ran ? [name] : []));
  process.stdout.write(JSON.stringify({ digests, ran }));
} catch (error) {
  if (!(error instanceof PaperError)) throw error;
  process.stdout.write(JSON.stringify({ error: error.name, message: error.message }));
}
