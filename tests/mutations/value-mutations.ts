import { rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRecord } from '../../src/engine/keys/stage-key.ts';
import type { Tree } from './mutable-project.ts';
import { compileKernel, compileLibrary } from './native-kernel.ts';
import { otherDefault, plainWiring, type Wiring } from './wired-pipeline.ts';

/** An edit after which another value belongs on the page, or none. */
export interface ValueMutation {
  readonly name: string;
  readonly edit?: (tree: Tree) => void;
  readonly wiring?: Partial<Wiring>;
  /** The error that must stand in the value's place: a long run is not made again in a build. */
  readonly refused?: string;
  /** The one member of a key's record that tells of it: without that member the suite must find a stale value. */
  readonly guards?: keyof KeyRecord;
}

const replaced =
  (path: string, before: string, after: string) =>
  (tree: Tree): void =>
    tree.replace(path, before, after);

const source = (before: string, after: string) => replaced('paper/source.ts', before, after);

/** Size and time of the file stay as they were: what looks only at those sees nothing. */
const unseen =
  (path: string, before: string, after: string) =>
  (tree: Tree): void => {
    const file = join(tree.root, path);
    const { atime, mtime, size } = statSync(file);
    tree.replace(path, before, after);
    utimesSync(file, atime, mtime);
    if (statSync(file).size !== size) throw new Error(`the edit of ${path} changes its size`);
  };

const kernel = ({ root }: Tree): string => join(root, 'node_modules', 'tiny-kernel');

/** Another file in its place, as a package manager's install does: hard links elsewhere keep the old content. */
const relink = (tree: Tree): void => {
  rmSync(join(tree.root, 'node_modules', 'linked'));
  symlinkSync('../packages/other', join(tree.root, 'node_modules', 'linked'));
};

const reshelve = (tree: Tree): void => {
  rmSync(join(tree.root, 'paper', 'shelf'));
  symlinkSync('second', join(tree.root, 'paper', 'shelf'));
};

const params = plainWiring.params as {
  readonly shift: number;
  readonly list: readonly number[];
  readonly nested: { readonly a: number; readonly b: number };
};

const withInput = (name: string, ...input: Wiring['total'][number]): Partial<Wiring> => ({
  total: plainWiring.total.map((line) => (line[0] === name ? input : line)),
});

export const valueMutations: readonly ValueMutation[] = [
  { name: 'the stage itself', edit: source('width: 3', 'width: 4') },
  { name: 'a file that it imports', edit: replaced('paper/helper.ts', '+ 1', '+ 2'), guards: 'code' },
  { name: 'a file that this one imports', edit: replaced('paper/deep.ts', '= 1', '= 5') },
  { name: 'the same, size and time as before', edit: unseen('paper/deep.ts', '= 1', '= 5') },
  { name: 'a Python script', edit: replaced('paper/scripted/main.py', '[near,', '[near + 1,') },
  { name: 'a module that it imports', edit: replaced('paper/scripted/near.py', '+ 1', '+ 2') },
  { name: 'a module that this one imports', edit: replaced('paper/scripted/deep.py', '71', '72') },
  {
    name: 'the same module, size and time as before',
    edit: unseen('paper/scripted/deep.py', '71', '72'),
  },
  { name: 'a module imported within a function', edit: replaced('paper/scripted/late.py', '73', '74') },
  { name: 'a file behind a barrel', edit: replaced('paper/marked.ts', '13', '130') },
  { name: 'which export a barrel’s reader takes', edit: source('{ marked }', '{ unmarked as marked }') },
  {
    name: 'where a barrel points',
    edit: replaced('paper/barrel.ts', "export * from './marked.ts'", 'export const marked = 8'),
  },
  { name: 'a module imported for its effect', edit: replaced('paper/effect.ts', '11', '12') },
  { name: 'an imported JSON file', edit: replaced('paper/table.json', '17', '18') },
  { name: 'a data file beside the stage', edit: replaced('paper/beside.txt', '29', '30') },
  { name: 'a worker’s code', edit: replaced('paper/worker.ts', '19', '20') },
  { name: 'a file that a worker imports', edit: replaced('paper/workload.ts', '= 1', '= 2') },
  { name: 'a module imported while it runs', edit: replaced('paper/late.ts', '22', '24') },
  { name: 'a file behind a linked folder', edit: replaced('paper/first/shelf.ts', '101', '104') },
  { name: 'where a linked folder leads', edit: reshelve },
  {
    name: 'a file that is found before another',
    edit: ({ write }) => write('paper/common/found.js', 'module.exports = { n: 970 };\n'),
  },
  { name: 'a constant of an enum', edit: replaced('paper/helper.ts', 'Up = 7', 'Up = 8') },
  { name: 'the default of an argument', edit: source('by = 2', 'by = 3') },
  { name: 'brackets that group', edit: source('(2 + 3) * 4', '2 + 3 * 4') },
  { name: 'spaces in a string', edit: source('two  spaces', 'two spaces') },
  { name: 'a pattern', edit: source('/ab+c/', '/ab+d/') },
  { name: 'a switch to a branch that was dead', edit: source('isReady = false', 'isReady = true') },
  { name: 'a number’s exponent', edit: source('1e3', '1e4') },
  { name: 'an operator', edit: source('x * by', 'x + by') },
  {
    name: 'a comment that becomes code',
    edit: source('const isReady', 'globalThis.tinyEffect = 2;\nconst isReady'),
  },
  {
    name: 'the order of effects',
    edit: (tree) => {
      tree.write('paper/second-effect.ts', 'globalThis.tinyEffect = 99;\n');
      tree.replace(
        'paper/source.ts',
        "import './effect.ts';",
        "import './effect.ts';\nimport './second-effect.ts';",
      );
    },
  },
  {
    name: 'the content of an external file',
    edit: replaced('outside/numbers.txt', '3 1 4', '3 2 4'),
    guards: 'files',
  },
  { name: 'the same, size and time as before', edit: unseen('outside/numbers.txt', '3 1 4', '9 1 4') },
  {
    name: 'another external file',
    edit: ({ write }) => write('outside/more.txt', '2 7 1\n'),
    wiring: { numbers: 'outside/more.txt' },
  },
  { name: 'a parameter', wiring: { params: { ...params, shift: 2 } }, guards: 'params' },
  { name: 'a nested parameter', wiring: { params: { ...params, nested: { a: 1, b: 3 } } } },
  { name: 'a number that becomes a word', wiring: { params: { ...params, shift: '1' } } },
  { name: 'the order of a parameter’s list', wiring: { params: { ...params, list: [2, 1] } } },
  { name: 'the default of a parameter', wiring: { schema: otherDefault } },
  { name: 'a parameter that had its default', wiring: { params: { ...params, by: 7 } } },
  {
    name: 'the default of a parameter, in its definition',
    edit: replaced('paper/schemed.ts', 'default(83)', 'default(84)'),
  },
  {
    name: 'what a schema makes of a parameter',
    edit: replaced('paper/schemed.ts', '1 * n', '2 * n'),
  },
  {
    name: 'a schema that data is checked by as the stage runs',
    edit: replaced('paper/schemed.ts', 'all.length', '2 * all.length'),
  },
  { name: 'a package', edit: replaced('node_modules/tiny-esm/index.js', '37', '38') },
  {
    name: 'a package, its size and time as before',
    edit: unseen('node_modules/tiny-esm/index.js', '37', '38'),
  },
  { name: 'a package that a package imports', edit: replaced('node_modules/tiny-dep/index.js', '41', '42') },
  { name: 'a CommonJS package', edit: replaced('node_modules/tiny-cjs/main.js', '43', '44') },
  {
    name: 'what a CommonJS package requires',
    edit: replaced('node_modules/tiny-cjs-dep/index.js', '47', '48'),
  },
  {
    name: 'a file that a package finds before another',
    edit: ({ write }) => write('node_modules/tiny-cjs-dep/found.js', 'module.exports = { n: 4 };\n'),
  },
  { name: 'the door that Node takes', edit: replaced('node_modules/tiny-doors/node.js', '107', '108') },
  {
    name: 'a package imported for its effect',
    edit: replaced('node_modules/tiny-effect/index.js', '113', '114'),
  },
  {
    name: 'which file of a package is its door',
    edit: replaced('node_modules/tiny-esm/package.json', './index.js', './next.js'),
  },
  {
    name: 'the CommonJS door of a package',
    edit: (tree) => {
      tree.write('node_modules/tiny-cjs/other.js', 'module.exports = { n: 4300 };\n');
      tree.replace('node_modules/tiny-cjs/package.json', 'main.js', 'other.js');
    },
  },
  {
    name: 'an upgraded package',
    edit: (tree) => {
      tree.replace('node_modules/tiny-esm/package.json', '1.0.0', '2.0.0');
      tree.write(
        'node_modules/tiny-esm/index.js',
        "import { dependency } from 'tiny-dep';\n\nexport const modern = 73 * dependency;\n",
      );
    },
  },
  {
    name: 'a package of its own for a package',
    edit: ({ write }) => {
      write(
        'node_modules/tiny-esm/node_modules/tiny-dep/package.json',
        '{ "name": "tiny-dep", "type": "module", "exports": "./index.js" }',
      );
      write('node_modules/tiny-esm/node_modules/tiny-dep/index.js', 'export const dependency = 4100;\n');
    },
  },
  {
    name: 'a package nearer to the stage',
    edit: ({ write }) => {
      write('paper/node_modules/tiny-cjs/package.json', '{ "name": "tiny-cjs", "main": "main.js" }');
      write('paper/node_modules/tiny-cjs/main.js', 'module.exports = { n: 4301 };\n');
    },
  },
  { name: 'a part of a scoped package', edit: replaced('node_modules/@tiny/scoped/sub.js', '53', '54') },
  {
    name: 'the map of a scoped package’s parts',
    edit: (tree) => {
      tree.write('node_modules/@tiny/scoped/sub-two.js', 'export const sub = 530;\n');
      tree.replace('node_modules/@tiny/scoped/package.json', './sub.js', './sub-two.js');
    },
  },
  { name: 'a linked package', edit: replaced('packages/linked/index.js', '31', '32') },
  { name: 'a link to another package', edit: relink },
  {
    name: 'a package’s data file',
    edit: replaced('node_modules/tiny-data/data.json', '59', '60'),
    guards: 'native',
  },
  {
    name: 'a file added to a package that is listed',
    edit: ({ write }) => write('node_modules/tiny-data/more.json', '{}'),
  },
  {
    name: 'a kernel, compiled anew',
    edit: (tree) => {
      rmSync(join(kernel(tree), 'kernel.node'));
      compileKernel(kernel(tree), 68);
    },
  },
  {
    name: 'a library that a kernel links',
    edit: (tree) => {
      rmSync(join(kernel(tree), 'libtiny.so'));
      compileLibrary(kernel(tree), 62);
    },
  },
  { name: 'what an addon is compiled from', wiring: { compiled: 'another source' }, guards: 'native' },
  { name: 'the number of threads', wiring: { threads: 2 } },
  { name: 'the numeric backend', wiring: { backend: 'two' }, guards: 'backend' },
  { name: 'the version of Node', wiring: { node: '24.0.0' }, guards: 'node' },
  {
    name: 'the file name of an output',
    wiring: { sourceOutputs: { result: 'renamed.json', other: 'other.txt' } },
    guards: 'outputs',
  },
  { name: 'a stage further up', edit: replaced('paper/middle.ts', '2 *', '3 *'), guards: 'inputs' },
  { name: 'another definition under one name', wiring: { middle: 'replacement' } },
  { name: 'another stage for an input', wiring: withInput('middle', 'middle', 'data', 'result') },
  { name: 'another output for an input', wiring: withInput('source', 'source', 'source', 'other') },
  { name: 'another name for an input', wiring: withInput('source', 'origin', 'source', 'result') },
  {
    name: 'two inputs, swapped',
    wiring: {
      total: plainWiring.total.map(([name, stage, output]) =>
        name === 'native'
          ? ['packaged', stage, output]
          : name === 'packaged'
            ? ['native', stage, output]
            : [name, stage, output],
      ),
    },
  },
  { name: 'an input less', wiring: { total: plainWiring.total.slice(1) } },
  { name: 'an input more', wiring: { total: [...plainWiring.total, ['other', 'source', 'other']] } },
  {
    name: 'two files at once',
    edit: (tree) => {
      tree.replace('paper/helper.ts', '+ 1', '+ 0');
      tree.replace('paper/late.ts', '22', '22');
    },
  },
  {
    name: 'two files that change names',
    edit: ({ read, write }) => {
      const [late, effect] = [read('paper/late.ts'), read('paper/marked.ts')];
      write('paper/late.ts', `${effect}export const late = marked;\n`);
      write('paper/marked.ts', `${late}export const marked = late;\nexport const unmarked = 0;\n`);
    },
  },
  {
    name: 'the code of a published run',
    edit: replaced('paper/training.ts', '0.1', '0.2'),
    refused: 'PublishedStale',
  },
  {
    name: 'what feeds a published run, further up',
    edit: replaced('paper/data.ts', '3, 1, 4', '3, 1, 5'),
    refused: 'PublishedStale',
  },
  {
    name: 'the code of what feeds a published run',
    edit: replaced('paper/scaled.ts', 'number + digits', 'number + 1 + digits'),
    refused: 'PublishedStale',
  },
  {
    name: 'a file that this code imports',
    edit: replaced('paper/scale.ts', '2', '3'),
    refused: 'PublishedStale',
  },
  {
    // Nothing tells on another machine whether equal digits here are equal digits there.
    name: 'the same, to an equal output',
    edit: replaced('paper/scaled.ts', 'scale * number', 'number * scale'),
    refused: 'PublishedStale',
  },
  { name: 'a parameter of what feeds a published run', wiring: { unit: 2 }, refused: 'PublishedStale' },
  { name: 'a parameter of a published run', wiring: { steps: 21 }, refused: 'PublishedStale' },
  {
    name: 'the published file, by hand',
    edit: ({ write }) => write('published/trained/trained.json', '0.42'),
    refused: 'PublishedDamaged',
  },
];
