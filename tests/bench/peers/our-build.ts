/**
 * Builds the tiny project with this engine, in a process of its own: `our-build.ts <project> <beacon's port>`, with a
 * third word `verify` its stages are run twice and compared.
 */
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { runPipeline } from '../../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../../src/engine/run/store.ts';
import { verifyStage } from '../../../src/engine/run/verify-stage.ts';
import type { Workshop } from '../../../src/engine/run/workshop.ts';
import { PaperError } from '../../../src/engine/stage/paper-error.ts';
import type { Pipeline, Stage } from '../../../src/engine/stage/pipeline.ts';

const [root = '', port = '', command = 'build'] = process.argv.slice(2);
const platform = { backend: { choice: 'none' }, node: process.versions.node, compiled: {} };
const workshop: Workshop = {
  root,
  store: openStore(join(root, '.paper', 'store')),
  platform,
  reference: platform,
  machine: {},
  environment: () => ({}),
  reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
};

const stage = async (name: string, about: Partial<Stage>, params: z.ZodType): Promise<Stage> => {
  const module = pathToFileURL(join(root, 'code', `${name}.mjs`)).href;
  const { definition } = await import(module);
  const inputs = Object.fromEntries(Object.keys(about.inputs ?? {}).map((input) => [input, ['result']]));
  const outputs = { result: `${name}.txt` };
  return {
    name,
    code: { module, kind: 'exact', inputs, outputs, params, ...definition },
    inputs: {},
    files: {},
    params: {},
    threads: 1,
    ...about,
  };
};

const announce = async (names: readonly string[]): Promise<void> => {
  const socket = createSocket('udp4');
  for (const name of names) {
    await new Promise<void>((resolve) => socket.send(name, Number(port), '127.0.0.1', () => resolve()));
  }
  socket.close();
};

try {
  const { parameter, data } = await import(pathToFileURL(join(root, 'config.mjs')).href);
  const value = await stage(
    'value',
    { params: { parameter }, files: { data: { path: join(root, data) } } },
    z.strictObject({ parameter: z.number() }),
  );
  const report = await stage('report', { inputs: { value } }, z.strictObject({}));
  const pipeline = { paper: 'tiny', locked: false, files: {}, results: [report] } as unknown as Pipeline;
  if (command === 'verify') {
    for (const each of [value, report]) {
      if (!(await verifyStage(workshop, pipeline, each)).equal) process.exitCode = 1;
    }
  } else {
    const finished = await runPipeline(workshop, pipeline);
    writeFileSync(join(root, 'report.txt'), await finished.get('report')!.read('result', 'the bench'));
    await announce([...finished].flatMap(([name, { ran }]) => (ran ? [name] : [])));
  }
} catch (error) {
  if (!(error instanceof PaperError)) throw error;
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = 1;
}
