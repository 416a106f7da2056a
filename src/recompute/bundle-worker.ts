/** One script of all that a paper's readers can run in a worker: the very modules that the build runs. */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Message, type Plugin } from 'esbuild';
import { PaperError, sha256 } from '../engine/stage/index.ts';

/** What a worker does with the code that it holds: a module, and its export that takes all of it by name. */
export interface WorkerHost {
  /** Absolute path. */
  readonly module: string;
  readonly exportName: string;
}

export interface WorkerCode {
  /** Under which the worker is asked for it. */
  readonly name: string;
  /** Absolute path. */
  readonly module: string;
  readonly exportName: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const quoted = (text: string): string => JSON.stringify(text);

/** In the place of modules that have no meaning in a browser. */
const standIns: Readonly<Record<string, string>> = {
  [here('../numerics/load-linear-algebra.ts')]: [
    `import { browserLinearAlgebra } from ${quoted(here('browser-linear-algebra.ts'))};`,
    'export const loadLinearAlgebra = async () => browserLinearAlgebra;',
  ].join('\n'),
};

/** Any name may be imported from it; only a call fails. The bundler copies what is its own, and keeps its prototype. */
const absentModule = (name: string): string =>
  `module.exports = Object.create(new Proxy({}, { get: (_, called) => () => { throw new Error('the stage calls ' + String(called) + ' of ${name}, which a browser does not have'); } }));`;

/** What there is of such a module all the same: random streams begin with a hash. */
const standInNames: Readonly<Record<string, string>> = {
  crypto: "module.exports.createHash = require('./stream-hash.ts').createHash;",
};

const browserModules: Plugin = {
  name: 'browser-modules',
  setup: (plugin) => {
    plugin.onResolve({ filter: /^(node:)?fs$/ }, () => ({ path: here('memory-files.ts') }));
    plugin.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'absent' } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: absentModule(path) + (standInNames[path.replace(/^node:/, '')] ?? ''),
      resolveDir: here('.'),
    }));
    plugin.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      // As a namespace, so that what no schema uses of the library stays out: two thirds of it.
      contents:
        standIns[path] ??
        readFileSync(path, 'utf8').replace(/^import \{ z \} from 'zod';$/m, "import * as z from 'zod';"),
    }));
  },
};

const notForBrowser = ({ text, location }: Message): PaperError =>
  new PaperError('NotForBrowser', `what readers run does not fit a browser: ${text}`, {
    where: location ? { file: location.file, line: location.line, column: location.column + 1 } : undefined,
    hint: 'reach numbers through src/numerics and files through readFileSync and src/numerics/safetensors.ts, or take it out of `recomputable` or `explorations`.',
  });

/**
 * @param codes each module once
 * @throws NotForBrowser when something that they import cannot be had in a browser
 */
export const bundleWorker = async (
  root: string,
  host: WorkerHost,
  codes: readonly WorkerCode[],
): Promise<Uint8Array> => {
  const imports = codes.map(
    ({ module, exportName }, at) =>
      `import { ${exportName} as code${at} } from ${quoted(`./${relative(root, module)}`)};`,
  );
  const names = codes.map(({ name }, at) => `${quoted(name)}: code${at}`);
  const contents = [
    `import ${quoted(here('without-eval.ts'))};`,
    `import { ${host.exportName} as answer } from ${quoted(host.module)};`,
    ...imports,
    `answer({ ${names.join(', ')} });`,
  ].join('\n');
  const result = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: 'worker', loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: '{}',
    inject: [here('browser-buffer.ts')],
    logLevel: 'silent',
    plugins: [browserModules],
  }).catch((cause: { readonly errors?: readonly Message[] }) => {
    const [first] = cause.errors ?? [];
    throw first ? notForBrowser(first) : cause;
  });
  return result.outputFiles[0]!.contents;
};

/** Where a worker lies below the paper's folder: named after its content, no cache gives a later page an earlier one. */
export const workerPath = (folder: string, script: Uint8Array): string =>
  `${folder}/worker-${sha256(script).slice(0, 12)}.js`;
