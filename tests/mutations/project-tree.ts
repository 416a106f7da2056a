import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileKernel, compileLibrary } from './native-kernel.ts';

const asPackage = (name: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js', ...more });

const stageDoor = join(import.meta.dirname, '..', '..', 'src', 'engine', 'stage', 'index.ts');

/** Every way in which a stage's code can reach other code and data, one number each. */
const files: Readonly<Record<string, string>> = {
  'paper/source.ts': `import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import './effect.ts';
import { marked } from './barrel.ts';
import common from './common/helper.cjs';
import { shelf } from './shelf/shelf.ts';
import { type Sizes, Direction, value } from './helper.ts';
import table from './table.json' with { type: 'json' };

const label = 'two  spaces';
const pattern = /ab+c/;
const isReady = false;

const scaled = (x: number, by = 2): number => x * by;

export const tiny = {
  run: async ({ params, files, outputs }) => {
    const sizes: Sizes = { width: 3 };
    const worker = await new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./worker.ts', import.meta.url));
      thread.once('message', resolve);
      thread.once('error', reject);
    });
    const { late } = await import('./late.ts');
    const terms = {
      width: sizes.width,
      value,
      direction: Direction.Up,
      effect: globalThis.tinyEffect,
      marked,
      common: common.n,
      shelf,
      table: table.entry,
      label: label.length,
      pattern: pattern.test('abbc'),
      ready: isReady ? 1 : 0,
      scaled: scaled(5),
      grouped: (2 + 3) * 4,
      large: 1e3,
      worker,
      late,
      beside: Number(readFileSync(new URL('./beside.txt', import.meta.url), 'utf8')),
      numbers: readFileSync(files.numbers, 'utf8').trim(),
      params,
      told: process.env.TINY_BACKEND ?? 'nothing',
      file: outputs.result.split('/').at(-1),
    };
    writeFileSync(outputs.result, JSON.stringify(terms));
    writeFileSync(outputs.other, String(terms.value + 1));
  },
};
`,
  'paper/helper.ts': `import { deep } from './deep.ts';

export interface Sizes {
  readonly width: number;
}
export const enum Direction {
  Up = 7,
}
export const value: number = deep + 1;
`,
  'paper/deep.ts': 'export const deep = 1;\n',
  'paper/effect.ts': 'globalThis.tinyEffect = 11;\n',
  'paper/barrel.ts': "export * from './marked.ts';\n",
  'paper/marked.ts': 'export const marked = 13;\nexport const unmarked = 14;\n',
  'paper/table.json': '{ "entry": 17 }\n',
  'paper/common/package.json': '{ "type": "commonjs" }\n',
  'paper/common/helper.cjs': "module.exports = require('./found');\n",
  'paper/common/found.json': '{ "n": 97 }\n',
  'paper/first/shelf.ts': 'export const shelf = 101;\n',
  'paper/second/shelf.ts': 'export const shelf = 102;\n',
  'paper/worker.ts': `import { parentPort } from 'node:worker_threads';
import { workload } from './workload.ts';

parentPort?.postMessage(19 + workload);
`,
  'paper/workload.ts': 'export const workload = 1;\n',
  'paper/late.ts': `import { deep } from './deep.ts';
const before = 22;
export const late = before + deep;
`,
  'paper/beside.txt': '29\n',
  'paper/packaged.ts': `import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sub } from '@tiny/scoped/sub';
import { linked } from 'linked';
import common from 'tiny-cjs';
import { door } from 'tiny-doors';
import 'tiny-effect';
import { modern } from 'tiny-esm';

export const tiny = {
  run: ({ outputs }) => {
    const data = fileURLToPath(import.meta.resolve('tiny-data/data.json'));
    writeFileSync(outputs.result, JSON.stringify({
      sub, linked, common: common.n, modern, door, effect: globalThis.tinyPackage,
      data: JSON.parse(readFileSync(data, 'utf8')).n,
      names: readdirSync(dirname(data)).length,
    }));
  },
};
`,
  'paper/native.ts': `import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const tiny = {
  run: ({ outputs }) => {
    const addon = { exports: {} };
    process.dlopen(addon, fileURLToPath(import.meta.resolve('tiny-kernel/kernel.node')));
    import.meta.resolve('tiny-compiled/kernel.node');
    writeFileSync(outputs.result, JSON.stringify({
      kernel: addon.exports.compute(),
      threads: process.env.TINY_THREADS,
      backend: process.env.TINY_BACKEND,
      node: process.env.TINY_NODE,
      compiled: process.env.TINY_COMPILED,
    }));
  },
};
`,
  'paper/training.ts': `export const train = (data: readonly number[], steps: number): number => {
  let weight = 0;
  for (let step = 0; step < steps; step += 1) weight += 0.1 * (data[step % data.length] - weight);
  return weight;
};
`,
  'paper/trained.ts': `import { readFileSync, writeFileSync } from 'node:fs';
import { train } from './training.ts';

export const tiny = {
  run: ({ params, inputs, outputs }) => {
    const data = JSON.parse(readFileSync(inputs.scaled.result, 'utf8'));
    writeFileSync(outputs.result, JSON.stringify(train(data, params.steps)));
  },
  witness: {
    parts: {
      miniature: {
        needsInputs: false,
        run: () => [{ at: 'step 5', numbers: { weight: train([1, 2], 5) }, digests: {} }],
      },
    },
    tolerance: { weight: 1e-9 },
  },
};
`,
  'paper/scale.ts': 'export const scale = 2;\n',
  'paper/scaled.ts': `import { readFileSync, writeFileSync } from 'node:fs';
import { scale } from './scale.ts';
export const tiny = {
  run: async ({ inputs, outputs }) => {
    const data: number[] = JSON.parse(readFileSync(inputs.data.result, 'utf8'));
    // As if another backend gave other digits, which a build is told of but a published run is not.
    const digits = process.env.TINY_BACKEND === 'one' ? 0 : 1e-9;
    writeFileSync(outputs.result, JSON.stringify(data.map((number) => scale * number + digits)));
  },
};
`,
  'paper/data.ts': `import { writeFileSync } from 'node:fs';

export const tiny = { run: ({ outputs }) => writeFileSync(outputs.result, '[3, 1, 4]') };
`,
  'paper/middle.ts': `import { readFileSync, writeFileSync } from 'node:fs';

export const tiny = {
  run: ({ inputs, outputs }) =>
    writeFileSync(outputs.result, JSON.stringify({ twice: 2 * JSON.parse(readFileSync(inputs.source.result, 'utf8')).value })),
};
`,
  'paper/replacement.ts': `import { writeFileSync } from 'node:fs';

export const tiny = { run: ({ outputs }) => writeFileSync(outputs.result, '{ "twice": 1000 }') };
`,
  'paper/schemed.ts': `import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '${stageDoor}';

const side = z.number().refine((n: number) => n < 900, 'too wide').transform((n) => 1 * n);
const checked = z.array(z.number()).transform((all) => all.length);

export const tiny = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'schemed.json' },
  limitMinutes: 5,
  params: z.strictObject({ width: side.default(83), height: side, depth: z.number().default(89) }),
  run: ({ params, outputs }) =>
    writeFileSync(outputs.result, JSON.stringify({ params, checked: checked.parse([1, 2]) })),
});
`,
  'paper/total.ts': `import { readFileSync, writeFileSync } from 'node:fs';

export const tiny = {
  run: ({ inputs, outputs }) =>
    writeFileSync(outputs.result, JSON.stringify(Object.fromEntries(Object.entries(inputs).map(
      ([name, files]) => [name, Object.values(files).map((path) => readFileSync(path, 'utf8'))],
    )))),
};
`,
  'paper/scripted/main.py': `import json, sys
from near import near


def later():
    from late import late
    return late


manifest = json.load(open(sys.argv[1]))
with open(manifest["outputs"]["result"], "w") as file:
    json.dump([near, later()], file)
`,
  'paper/scripted/near.py': 'from deep import deep\n\nnear = deep + 1\n',
  'paper/scripted/deep.py': 'deep = 71\n',
  'paper/scripted/late.py': 'late = 73\n',
  'outside/numbers.txt': '3 1 4 1 5\n',
  'packages/linked/package.json': asPackage('linked'),
  'packages/linked/index.js': 'export const linked = 31;\n',
  'packages/other/package.json': asPackage('linked'),
  'packages/other/index.js': 'export const linked = 310;\n',
  'node_modules/tiny-esm/package.json': asPackage('tiny-esm'),
  'node_modules/tiny-esm/index.js':
    "import { dependency } from 'tiny-dep';\n\nexport const modern = 37 + dependency;\n",
  'node_modules/tiny-esm/next.js': 'export const modern = 3700;\n',
  'node_modules/tiny-dep/package.json': asPackage('tiny-dep'),
  'node_modules/tiny-dep/index.js': 'export const dependency = 41;\n',
  'node_modules/tiny-cjs/package.json': JSON.stringify({
    name: 'tiny-cjs',
    version: '1.0.0',
    main: 'main.js',
  }),
  'node_modules/tiny-cjs/main.js': "module.exports = { n: 43 + require('tiny-cjs-dep') };\n",
  'node_modules/tiny-cjs-dep/package.json': JSON.stringify({ name: 'tiny-cjs-dep', version: '1.0.0' }),
  'node_modules/tiny-cjs-dep/index.js': "module.exports = 47 + require('./found').n;\n",
  'node_modules/tiny-cjs-dep/found.json': '{ "n": 0 }\n',
  'node_modules/tiny-doors/package.json': asPackage('tiny-doors', {
    exports: { module: './bundlers.js', 'module-sync': './node.js', default: './others.js' },
  }),
  'node_modules/tiny-doors/bundlers.js': 'export const door = 103;\n',
  'node_modules/tiny-doors/node.js': 'export const door = 107;\n',
  'node_modules/tiny-doors/others.js': 'export const door = 109;\n',
  'node_modules/tiny-effect/package.json': asPackage('tiny-effect'),
  'node_modules/tiny-effect/index.js': 'globalThis.tinyPackage = 113;\n',
  'node_modules/@tiny/scoped/package.json': asPackage('@tiny/scoped', { exports: { './sub': './sub.js' } }),
  'node_modules/@tiny/scoped/sub.js': 'export const sub = 53;\n',
  'node_modules/tiny-data/package.json': JSON.stringify({ name: 'tiny-data', version: '1.0.0' }),
  'node_modules/tiny-data/data.json': '{ "n": 59 }\n',
  // What an addon is compiled from is the platform's to say; the file has other bits on each machine.
  'node_modules/tiny-compiled/package.json': JSON.stringify({ name: 'tiny-compiled', version: '1.0.0' }),
  'node_modules/tiny-compiled/kernel.node': 'as this machine compiled it\n',
  'node_modules/tiny-kernel/package.json': JSON.stringify({ name: 'tiny-kernel', version: '1.0.0' }),
  'node_modules/unrelated/package.json': asPackage('unrelated'),
  'node_modules/unrelated/index.js': 'export const unrelated = 1;\n',
  'package.json': JSON.stringify({ name: 'tiny', private: true, type: 'module' }),
};

/** Writes the project that edits are made to. */
export const writeTree = (folder: string): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync('first', join(folder, 'paper', 'shelf'));
  symlinkSync('../packages/linked', join(folder, 'node_modules', 'linked'));
  const kernel = join(folder, 'node_modules', 'tiny-kernel');
  compileLibrary(kernel, 61);
  compileKernel(kernel, 67);
};
