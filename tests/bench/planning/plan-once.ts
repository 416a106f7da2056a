/** Plans or runs stages that share their code, in a process of its own: `plan-once.ts <project> <count> <keys|run>`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { identifyStages } from '../../../src/engine/keys/identify-stages.ts';
import { runPipeline } from '../../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../../src/engine/run/store.ts';
import type { Workshop } from '../../../src/engine/run/workshop.ts';
import type { Pipeline, Stage } from '../../../src/engine/stage/pipeline.ts';

const [root = '', count = '', what = ''] = process.argv.slice(2);
const platform = { backend: { choice: 'none' }, node: '22', compiled: {} };
const workshop: Workshop = {
  root,
  store: openStore(join(root, 'store')),
  platform,
  reference: platform,
  machine: {},
  environment: () => ({}),
  reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
};
const module = pathToFileURL(join(root, 'count.ts')).href;
const { tiny } = await import(module);
const params = z.strictObject({ index: z.number() });
const code = {
  module,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'count.json' },
  params,
  ...tiny,
} as const;
const follows = { ...code, inputs: { before: ['result'] } };

/** A chain where stages run, so that one starts when another has ended; side by side where keys alone are made. */
const stages: Stage[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const before = stages.at(-1);
  const isChained = what === 'run' && before !== undefined;
  stages.push({
    name: `count-${index}`,
    code: isChained ? follows : code,
    inputs: isChained ? { before } : {},
    files: {},
    params: { index },
    threads: 1,
  });
}

const startMs = performance.now();
if (what === 'keys') {
  const identify = await identifyStages(workshop, stages);
  if (
    new Set(stages.map((stage) => identify(stage, { content: {}, named: {} }).key)).size !== stages.length
  ) {
    throw new Error('two stages have one key');
  }
} else {
  const results = [stages.at(-1)] as unknown as Pipeline['results'];
  await runPipeline(workshop, { paper: 'tiny', locked: false, results, files: {} });
}
const elapsedMs = performance.now() - startMs;
console.log(JSON.stringify({ elapsedMs, peakBytes: process.resourceUsage().maxRSS * 1024 }));
