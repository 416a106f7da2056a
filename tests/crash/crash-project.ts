import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Pipeline, Stage } from '../../src/engine/stage/pipeline.ts';

const files: Readonly<Record<string, string>> = {
  'source.ts': `import { writeFileSync } from 'node:fs';

export const tiny = { run: ({ outputs }) => writeFileSync(outputs.result, JSON.stringify([3, 1, 4, 1, 5, 9, 2, 6])) };
`,
  // Checkpoints by step, written aside and renamed; a step takes some milliseconds, so that a kill finds it at work.
  'training.ts': `import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export const tiny = {
  run: async ({ inputs, outputs, scratch }) => {
    const data = JSON.parse(readFileSync(inputs.source.result, 'utf8'));
    const checkpoint = scratch + '/checkpoint.json';
    const state = existsSync(checkpoint) ? JSON.parse(readFileSync(checkpoint, 'utf8')) : { step: 0, weight: 1 };
    while (state.step < 60) {
      state.weight -= 0.1 * (state.weight - data[state.step % data.length]);
      state.step += 1;
      await new Promise((resolve) => setTimeout(resolve, 4));
      if (state.step % 5 > 0) continue;
      writeFileSync(checkpoint + '.new', JSON.stringify(state));
      renameSync(checkpoint + '.new', checkpoint);
    }
    writeFileSync(outputs.result, JSON.stringify(state.weight));
    writeFileSync(outputs.curve, 'x'.repeat(300_000));
  },
};
`,
  'beside.ts': `import { writeFileSync } from 'node:fs';

export const tiny = { run: ({ outputs }) => writeFileSync(outputs.result, 'y'.repeat(100_000)) };
`,
  'analysis.ts': `import { readFileSync, writeFileSync } from 'node:fs';

export const tiny = {
  run: ({ inputs, outputs }) =>
    writeFileSync(
      outputs.result,
      readFileSync(inputs.training.result, 'utf8') + readFileSync(inputs.beside.result, 'utf8').length,
    ),
};
`,
};

/** A project of four stages, one of which trains with checkpoints. */
export const writeCrashProject = (root: string): void => {
  mkdirSync(root, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
};

/** Paths of all files below a folder, relative to it, sorted. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

export const crashPipeline = async (root: string): Promise<Pipeline> => {
  const stage = async (name: string, inputs: Stage['inputs'] = {}, outputs = {}): Promise<Stage> => {
    const module = pathToFileURL(join(root, `${name}.ts`)).href;
    const { tiny } = await import(module);
    return {
      name,
      code: {
        module,
        kind: 'exact',
        inputs: Object.fromEntries(Object.keys(inputs).map((input) => [input, ['result']])),
        outputs: { result: `${name}.json`, ...outputs },
        params: z.strictObject({}),
        ...tiny,
      },
      inputs,
      files: {},
      params: {},
      threads: 1,
    };
  };
  const source = await stage('source');
  const training = await stage('training', { source }, { curve: 'curve.txt' });
  const beside = await stage('beside');
  return {
    paper: 'tiny',
    locked: false,
    results: [await stage('analysis', { training, beside })] as unknown as Pipeline['results'],
    files: {},
  };
};
