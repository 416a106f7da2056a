import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Message, type Metafile } from 'esbuild';
import { PaperError } from '../stage/paper-error.ts';
import type { StageCode } from '../stage/pipeline.ts';
import { sha256 } from './sha256.ts';

/** All code that a stage can run, as one file; the file that is hashed is the file that runs. */
export interface CodeClosure {
  readonly bundle: Uint8Array;
  readonly digest: string;
  /** Source files reached, relative to the project, sorted. */
  readonly files: readonly string[];
  /** Names of the packages reached, sorted. */
  readonly packages: readonly string[];
}

const childEntry = 'src/engine/run/run-stage-child.ts';
const identity = (code: StageCode): string => `${code.module}#${code.exportName}`;

const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

// A data package is reached through its path: esbuild sees no import there, but the text says it.
const resolvedPackage = /import\.meta\.resolve\(\s*["'`]([^"'`$]+)["'`]\s*\)/g;
const untraceable = /import\.meta\.resolve\((?!\s*["'`][^"'`$]+["'`]\s*\))|\bcreateRequire\b/;

const untraceableError = (where: { file: string; line: number; column: number } | undefined, found: string) =>
  new PaperError(
    'UntraceableImport',
    `a stage's code imports something that is only known when it runs: ${found}`,
    {
      where,
      details: [
        'expected import() or import.meta.resolve() of a literal; received a computed one, or createRequire',
      ],
      hint: 'a key that is complete before the run needs every import by name: write the name out, or import all candidates and choose.',
    },
  );

const refuseUntraceable = (warnings: readonly Message[]): void => {
  const first = warnings.find(({ id }) => id.startsWith('unsupported-'));
  if (!first) return;
  const at = first.location;
  throw untraceableError(
    at ? { file: at.file, line: at.line, column: at.column + 1 } : undefined,
    at?.lineText.trim() ?? first.text,
  );
};

const closureOf = (text: Uint8Array, { inputs, imports }: Metafile['outputs'][string]): CodeClosure => {
  const source = Buffer.from(text).toString('utf8');
  const found = untraceable.exec(source);
  if (found) throw untraceableError(undefined, source.slice(found.index, found.index + 60));
  const specifiers = [
    ...imports.filter(({ external }) => external).map(({ path }) => path),
    ...[...source.matchAll(resolvedPackage)].map(([, specifier]) => specifier ?? ''),
  ].filter((specifier) => !specifier.startsWith('node:'));
  return {
    bundle: text,
    digest: sha256(text),
    files: Object.keys(inputs)
      .filter((file) => !file.startsWith('stage:'))
      .sort(),
    packages: [...new Set(specifiers.map(packageName))].sort(),
  };
};

/**
 * Bundles the code of stages, each apart: its transitive imports, minified, so that comments and layout do not
 * count. Packages stay outside and enter the key by version and integrity.
 *
 * @param root the project's folder; the bundle does not depend on where it lies
 * @returns one closure a definition, in order
 * @throws UntraceableImport when an import's name is only known at run time
 * @throws StageCodeBroken when the code does not parse or an import does not resolve
 */
export const codeClosures = async (
  root: string,
  definitions: readonly StageCode[],
): Promise<ReadonlyMap<string, CodeClosure>> => {
  const unique = new Map(definitions.map((code) => [identity(code), code]));
  const entries = [...unique.values()].map((code, index) => {
    const module = `./${relative(root, fileURLToPath(code.module))}`;
    const contents = `import { ${code.exportName} as definition } from ${JSON.stringify(module)};
      import { runStageChild } from './${childEntry}';
      await runStageChild(definition);`;
    return { code, contents, name: `s${index}` };
  });
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ name }) => ({ in: `stage:${name}`, out: name })),
    outdir: 'bundles',
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'silent',
    logOverride: { 'unsupported-dynamic-import': 'warning', 'unsupported-require-call': 'warning' },
    plugins: [
      {
        name: 'stage-entries',
        setup: (plugin) => {
          plugin.onResolve({ filter: /^stage:/ }, ({ path }) => ({
            path: path.slice(6),
            namespace: 'stage',
          }));
          plugin.onLoad({ filter: /.*/, namespace: 'stage' }, ({ path }) => ({
            contents: entries.find(({ name }) => name === path)?.contents ?? '',
            resolveDir: root,
            loader: 'ts',
          }));
        },
      },
    ],
  }).catch((cause: { readonly errors?: readonly Message[] }) => {
    const first = cause.errors?.[0];
    if (!first) throw cause;
    throw new PaperError('StageCodeBroken', first.text, {
      where: first.location
        ? { file: first.location.file, line: first.location.line, column: first.location.column + 1 }
        : undefined,
      hint: 'a stage is bundled before it runs; mend the import or the syntax at this place.',
    });
  });
  refuseUntraceable(result.warnings);
  return new Map(
    entries.map(({ code, name }) => {
      const path = Object.keys(result.metafile.outputs).find((file) => file.endsWith(`/${name}.mjs`)) ?? '';
      const file = result.outputFiles.find((candidate) => candidate.path.endsWith(`/${name}.mjs`));
      const meta = result.metafile.outputs[path];
      if (!file || !meta) throw new Error(`internal: esbuild gave no bundle for ${identity(code)}`);
      return [identity(code), closureOf(file.contents, meta)];
    }),
  );
};

/** The closure of one definition among those bundled together. */
export const closureFor = (closures: ReadonlyMap<string, CodeClosure>, code: StageCode): CodeClosure => {
  const closure = closures.get(identity(code));
  if (!closure) throw new Error(`internal: ${identity(code)} was not bundled`);
  return closure;
};
