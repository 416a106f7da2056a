import { renameSync, utimesSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from './mutable-project.ts';
import type { Wiring } from './wired-pipeline.ts';

/** An edit after which the same value belongs on the page, and nothing needs to run. */
export interface NeutralMutation {
  readonly name: string;
  readonly edit?: (tree: Tree) => void;
  readonly wiring?: Partial<Wiring>;
  /** What must run all the same: its code is another, and gives the same. */
  readonly runs?: readonly string[];
  /** Built under another path. */
  readonly moved?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

const replaced =
  (path: string, before: string, after: string) =>
  (tree: Tree): void =>
    tree.replace(path, before, after);

const source = (before: string, after: string) => replaced('paper/source.ts', before, after);

const touch =
  (seconds: number, ...paths: readonly string[]) =>
  ({ root }: Tree): void => {
    for (const path of paths) utimesSync(join(root, path), seconds, seconds);
  };

const touched = ['paper/source.ts', 'paper/deep.ts', 'outside/numbers.txt', 'node_modules/tiny-esm/index.js'];

export const neutralMutations: readonly NeutralMutation[] = [
  { name: 'nothing' },
  { name: 'a comment in a stage', edit: source('const label', '// why\nconst label') },
  {
    name: 'a comment in a file that it imports',
    edit: replaced('paper/deep.ts', 'export', '/** Why. */\nexport'),
  },
  {
    name: 'a comment in a package',
    edit: replaced('node_modules/tiny-esm/index.js', 'export', '// why\nexport'),
  },
  {
    name: 'a comment in a Python module',
    edit: replaced('paper/scripted/deep.py', 'deep', '# why\ndeep'),
  },
  {
    name: 'layout of a Python script',
    edit: replaced('paper/scripted/main.py', '[near, later()]', '[\n        near,\n        later(),\n    ]'),
  },
  { name: 'layout', edit: source('(2 + 3) * 4', '(\n        2   + 3\n      )   * 4') },
  { name: 'brackets that group nothing', edit: replaced('paper/helper.ts', 'deep + 1', '(deep) + (1)') },
  { name: 'other quotes', edit: source("'two  spaces'", '"two  spaces"') },
  {
    name: 'the name of a local',
    edit: (tree) =>
      tree.write('paper/source.ts', tree.read('paper/source.ts').replaceAll('isReady', 'isPrepared')),
  },
  {
    name: 'the name of a private function',
    edit: (tree) =>
      tree.write(
        'paper/source.ts',
        tree
          .read('paper/source.ts')
          .replaceAll('scaled(', 'enlarged(')
          .replace('const scaled', 'const enlarged'),
      ),
  },
  {
    name: 'the name of an argument',
    edit: source('(x: number, by = 2): number => x * by', '(of: number, times = 2): number => of * times'),
  },
  {
    name: 'a type',
    edit: source('const scaled = (x: number, by = 2): number', 'const scaled = (x: number, by: number = 2)'),
  },
  {
    name: 'an interface',
    edit: replaced('paper/helper.ts', 'width: number;', 'width: number;\n  readonly height?: number;'),
  },
  {
    name: 'an export that nobody uses',
    edit: replaced('paper/deep.ts', 'export', 'export const unused = (a: number) => a * 8;\nexport'),
  },
  {
    name: 'the name of a local in a module imported while it runs',
    edit: ({ read, write }) => write('paper/late.ts', read('paper/late.ts').replaceAll('before', 'earlier')),
  },
  {
    name: 'a private function that nobody calls',
    edit: source('const label', 'const unused = (): number => 8;\nconst label'),
  },
  {
    name: 'the import of a type',
    edit: replaced(
      'paper/deep.ts',
      'export',
      "import type { Worker } from 'node:worker_threads';\nexport type Thread = Worker;\nexport",
    ),
  },
  { name: 'prose beside the code', edit: ({ write }) => write('content/index.mdx', 'Reworded.\n') },
  {
    name: 'labels of tables',
    edit: ({ write }) => write('content/tables.ts', "export const labels = { width: 'breadth' };\n"),
  },
  {
    name: 'a file that nobody reads, beside the stage',
    edit: ({ write }) => write('paper/remarks.ts', 'export const no = 1;\n'),
  },
  { name: 'the times of files, now', edit: touch(Date.now() / 1000, ...touched) },
  { name: 'the times of files, long ago', edit: touch(86_400, ...touched) },
  { name: 'a copy of the whole folder elsewhere', moved: true },
  {
    name: 'another user',
    environment: { HOME: join(tmpdir(), 'nobody'), USER: 'nobody', LOGNAME: 'nobody' },
  },
  {
    name: 'an environment variable',
    environment: { TINY_UNREAD: 'yes', NODE_ENV: 'production', CI: 'true' },
  },
  { name: 'a locale', environment: { LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8' } },
  { name: 'a time zone', environment: { TZ: 'Pacific/Auckland' } },
  { name: 'another working directory', workingDirectory: homedir() },
  { name: 'the order of parameters', wiring: { params: { nested: { b: 2, a: 1 }, list: [1, 2], shift: 1 } } },
  {
    name: 'a default, written out',
    wiring: { params: { shift: 1, list: [1, 2], nested: { a: 1, b: 2 }, by: 5 } },
  },
  {
    name: 'a refinement that the parameters pass',
    edit: replaced('paper/schemed.ts', "n < 900, 'too wide'", "n < 800, 'far too wide'"),
  },
  {
    name: 'a schema that makes the same of the parameters',
    edit: replaced('paper/schemed.ts', '1 * n', 'n + 0'),
  },
  {
    name: 'the default of a parameter, where it is given',
    edit: replaced('paper/schemed.ts', 'height: side', 'height: side.default(3)'),
  },
  {
    name: 'how long a stage may take, in its definition',
    edit: replaced('paper/schemed.ts', 'limitMinutes: 5', 'limitMinutes: 6'),
  },
  {
    name: 'an equal output of a stage further up',
    edit: source('label.length', 'label.length + 0 * late'),
    runs: ['source'],
  },
  {
    name: 'an unrelated package, upgraded',
    edit: (tree) => {
      tree.replace('node_modules/unrelated/package.json', '1.0.0', '2.0.0');
      tree.replace('node_modules/unrelated/index.js', '= 1', '= 2');
    },
  },
  {
    name: 'an unrelated package, added',
    edit: ({ write }) => {
      write('node_modules/added/package.json', '{ "name": "added" }');
      write('node_modules/added/index.js', 'module.exports = 1;\n');
    },
  },
  {
    name: 'a package’s version, its code as before',
    edit: replaced('node_modules/tiny-esm/package.json', '1.0.0', '1.0.1'),
  },
  {
    name: 'a file of a package that nobody imports',
    edit: replaced('node_modules/tiny-esm/next.js', '3700', '3701'),
  },
  {
    name: 'the project’s package.json',
    edit: ({ write }) => write('package.json', '{ "name": "renamed", "private": true, "type": "module" }'),
  },
  {
    name: 'the name of an external file',
    edit: ({ root }) => renameSync(join(root, 'outside/numbers.txt'), join(root, 'outside/figures.txt')),
    wiring: { numbers: 'outside/figures.txt' },
  },
  {
    name: 'a kernel’s source, not compiled',
    edit: ({ read, write }) =>
      write('node_modules/tiny-kernel/kernel.cc', `// why\n${read('node_modules/tiny-kernel/kernel.cc')}`),
  },
  { name: 'how long a stage may take', wiring: { limitMinutes: 30 } },
];
