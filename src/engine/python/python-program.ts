/** A Python script as a program: its imports found and hashed before it runs, and held to them while it does. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasNamespaces, inNamespace, systemFolders } from '../command/namespace-command.ts';
import { digestOf } from '../keys/digest.ts';
import type { Grants, Program } from '../keys/program.ts';
import { sha256, sha256OfFile } from '../keys/sha256.ts';
import { stageGiven } from '../run/stage-given.ts';
import type { TransportedError } from '../run/stage-protocol.ts';
import { PaperError } from '../stage/paper-error.ts';
import { installRequirements } from './install-requirements.ts';
import { parseRequirements, type Requirement } from './requirements.ts';
import { pythonCommand, runPython } from './run-python.ts';
import { traceScript } from './trace-script.ts';

/** Where a stage's Python lies. */
export interface PythonCode {
  /** `import.meta.url` of the file that the paths are relative to. */
  readonly module: string;
  readonly script: string;
  readonly requirements?: string | undefined;
}

interface Closure {
  readonly executable: string;
  readonly python: Readonly<Record<'version' | 'implementation' | 'platform', string>>;
  /** Module name -> file. */
  readonly modules: Readonly<Record<string, string>>;
  readonly namespaces: readonly string[];
  readonly trees: Readonly<Record<string, { readonly tree: string; readonly bytes: string }>>;
}

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const readCode = (root: string, path: string, what: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new PaperError('PythonFileMissing', `the ${what} ${relative(root, path)} cannot be read.`, {
      hint: 'paths in a definition are relative to the file that holds it: mend the path, or add the file.',
      cause,
    });
  }
};

/**
 * Command, and where it was looked for -> the program that it stood for in this process: a command that is a shim takes
 * several times as long to find its program as that takes to start.
 */
const programs = new Map<string, string>();

const closureOf = async (
  root: string,
  script: string,
  packages: readonly Requirement[],
): Promise<Closure> => {
  const asked = JSON.stringify([pythonCommand(), process.env['PATH'], process.cwd()]);
  const known = programs.get(asked);
  const { code, stdout, stderr } = await runPython(
    [
      ...['-I', '-B', '-S', '-X', 'utf8', beside('closure.py'), script],
      ...packages.flatMap(({ modules }) => modules),
    ],
    known !== undefined && existsSync(known) ? known : undefined,
  );
  if (code !== 0) {
    throw new PaperError('PythonMissing', `'${pythonCommand()}' ran as Python, and is none that works.`, {
      details: [
        `it ended with ${code}`,
        ...stderr
          .trim()
          .split('\n')
          .slice(-1)
          .filter((line) => line !== ''),
      ],
      hint: 'install python3, or name it: `PAPER_PYTHON=/path/to/python3 npm run build`.',
    });
  }
  const found = JSON.parse(stdout) as Closure & { readonly error?: TransportedError };
  if (!found.error) {
    programs.set(asked, found.executable);
    return found;
  }
  const { name, message, hint, where, details } = found.error;
  throw new PaperError(name, message, {
    hint,
    details,
    where: where ? { ...where, file: relative(root, where.file) } : undefined,
  });
};

/** Where the programs that make a namespace lie. */
const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin';

/** Names that decide how many threads a library of numerics uses. */
const threadNames = ['OPENBLAS', 'OMP', 'MKL', 'NUMEXPR', 'VECLIB_MAXIMUM'];

const pythonFlags = ['-s', '-S', '-B', '-X', 'utf8'];
/** Of the order of sets. */
const hashSeed = '0';

/**
 * @param root the project's folder
 * @throws PythonMissing, PythonFileMissing, PythonSyntax, RequirementUnlocked, ImportUnresolved, ModuleShadowed,
 * UntraceableImport; its `command` throws what installing does
 */
export const pythonProgram = async (root: string, code: PythonCode): Promise<Program> => {
  const at = (path: string): string => fileURLToPath(new URL(path, code.module));
  const script = at(code.script);
  readCode(root, script, 'script');
  const requirements = code.requirements === undefined ? undefined : at(code.requirements);
  const packages = requirements
    ? parseRequirements(readCode(root, requirements, 'requirements'), relative(root, requirements))
    : [];
  const closure = await closureOf(root, script, packages);
  const named = (path: string): string => relative(root, path);
  const trees = Object.fromEntries(
    Object.entries(closure.trees).map(([path, { tree }]) => [named(path), tree] as const),
  );
  const lock = requirements ? { [named(requirements)]: sha256OfFile(requirements) } : {};
  const installed = digestOf({ python: closure.python, lock: Object.values(lock) });
  const command = async (run: Grants) => {
    const folder = requirements
      ? await installRequirements(join(root, '.paper', 'python'), requirements, installed)
      : null;
    const policy = {
      manifest: run.manifest,
      script: closure.modules['__main__'],
      modules: closure.modules,
      namespaces: closure.namespaces,
      files: Object.fromEntries(Object.entries(closure.trees).map(([path, { bytes }]) => [path, bytes])),
      packages: folder,
      reads: run.reads,
      writes: run.writes,
      otherwise: run.otherwise ?? false,
    };
    const prefix = dirname(dirname(closure.executable));
    // Not -I: it ignores the seed of hashes. The environment is scrubbed, and confine.py sets the path.
    const args = [...pythonFlags, beside('confine.py'), JSON.stringify(policy)];
    const env = {
      ...Object.fromEntries(threadNames.map((name) => [`${name}_NUM_THREADS`, String(run.threads)])),
      PYTHONHASHSEED: run.otherwise ? '1' : hashSeed,
    };
    if (!hasNamespaces()) return { file: closure.executable, args, env, confinement: 'audit' };
    const engine = ['confine.py', ...(run.otherwise ? ['live_otherwise.py'] : [])].map(beside);
    const own = [...Object.keys(closure.trees), ...closure.namespaces, ...engine, run.manifest];
    const reads = [...systemFolders, prefix, ...own, ...(folder === null ? [] : [folder]), ...run.reads];
    const { folder: of, writes, otherwise } = run;
    const confined = inNamespace({ folder: of, reads, writes, otherwise }, closure.executable, args);
    return { ...confined, env: { PATH: systemPath, ...env }, confinement: 'namespace and audit' };
  };
  return {
    digest: digestOf({
      python: closure.python,
      script: named(script),
      modules: Object.fromEntries(
        Object.entries(closure.modules).map(([name, path]) => [name, trees[named(path)]]),
      ),
      namespaces: closure.namespaces,
      lock,
      engine: [sha256(readFileSync(beside('confine.py')))],
      given: { ...stageGiven.environment, flags: pythonFlags, hashSeed },
    }),
    files: [...Object.keys(trees), ...Object.keys(lock)].sort(),
    native: {},
    sources: async () => ({ ...trees, ...lock }),
    channel: 'files',
    trace: async (written) => traceScript(root, Object.keys(closure.trees), written),
    command,
  };
};
