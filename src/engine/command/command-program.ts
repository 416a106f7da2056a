/** Any program as a stage: what it runs of is named and hashed, and nothing else exists where it runs. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, realpathSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../keys/digest.ts';
import { createFileDigests } from '../keys/file-digests.ts';
import type { Grants, Program } from '../keys/program.ts';
import { sha256OfFile } from '../keys/sha256.ts';
import { stageGiven } from '../run/stage-given.ts';
import { PaperError } from '../stage/paper-error.ts';
import { hasNamespaces, inNamespace, namespaceScript } from './namespace-command.ts';

export interface CommandCode {
  /** `import.meta.url` of the file that the paths are relative to. */
  readonly module: string;
  /** A program of the machine and its words; a word that begins with `./` is a file of `code`. */
  readonly command: readonly [string, ...string[]];
  /** Files of the project that it reads as its code. */
  readonly code: readonly string[];
  /** Further programs of the machine that it starts. */
  readonly programs?: readonly string[];
  /** Folders of the machine that these need, for example `/usr/lib/R`; their whole content is in the key. */
  readonly folders?: readonly string[];
}

/** @throws ProgramMissing */
const findProgram = (name: string): string => {
  if (name.startsWith('.')) {
    throw new PaperError('ProgramMissing', `a stage runs '${name}', which is no program of the machine.`, {
      details: ['expected a program first, and files of `code` after it'],
      hint: `name what runs it: \`command: ['sh', '${name}'], code: ['${name}']\`.`,
    });
  }
  const folders = name.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new PaperError('ProgramMissing', `a stage runs '${name}', which this machine does not have.`, {
    details: [`looked for in ${folders.join(', ')}`],
    hint: 'install it, or mend its name in the definition.',
  });
};

/** The shared libraries that a program is linked with, as the system's loader finds them. */
const librariesOf = (path: string): readonly string[] => {
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/(\/\S+) \(0x/g)].map(([, library = '']) => library);
};

/** What starts the command in its own root. */
const starters = ['/usr/bin/env', '/usr/bin/setpriv'];

/** @throws CannotConfine where nothing holds a program to what it declares */
const requireNamespaces = (name: string): void => {
  if (hasNamespaces()) return;
  throw new PaperError(
    'CannotConfine',
    `a stage runs '${name}', and nothing on this machine can hold it to what it declares.`,
    {
      details: ['expected Linux with mount namespaces, as root or unprivileged'],
      hint: 'run it where there are namespaces, or write the stage in TypeScript or Python.',
    },
  );
};

/**
 * @param root the project's folder
 * @throws ProgramMissing, CommandFileMissing; its `command` throws CannotConfine
 */
export const commandProgram = async (root: string, given: CommandCode): Promise<Program> => {
  const { module, command, programs = [], folders = [] } = given;
  const at = (path: string): string => fileURLToPath(new URL(path, module));
  const digests = createFileDigests();
  const code = Object.fromEntries(
    given.code.map((path) => {
      const digest = digests.file(at(path));
      if (digest !== undefined) return [relative(root, at(path)), digest] as const;
      throw new PaperError(
        'CommandFileMissing',
        `the code of a stage cannot be read: ${relative(root, at(path))}.`,
        {
          hint: 'paths in a definition are relative to the file that holds it: mend the path, or add the file.',
        },
      );
    }),
  );
  const started = [command[0], ...programs].map((name) => [name, findProgram(name)] as const);
  const needed = [...started.map(([, path]) => path), ...starters];
  const libraries = [...new Set(needed.flatMap((path) => librariesOf(realpathSync(path))))];
  const native = Object.fromEntries([
    ...started.map(([name, path]) => [name, digests.file(realpathSync(path)) ?? ''] as const),
    ...libraries.map((path) => [path, digests.file(realpathSync(path)) ?? ''] as const),
    ...folders.map((path) => [path, digests.folder(path)] as const),
  ]);
  return {
    // Of the namespace a program sees its name, and by which mask files are made.
    digest: digestOf({
      given: stageGiven.environment,
      namespace: sha256OfFile(namespaceScript),
      command,
      code,
    }),
    files: Object.keys(code).sort(),
    native,
    sources: async () => code,
    channel: 'files',
    command: async ({ manifest, folder, reads, writes, threads, otherwise = false }: Grants) => {
      requireNamespaces(command[0]);
      const [[, program = '']] = started as [readonly [string, string]];
      // Otherwise the code lies elsewhere too: what holds its own path differs.
      const placeOf = (path: string): string => (otherwise ? join(folder, 'code', at(path)) : at(path));
      if (otherwise) for (const path of given.code) cpSync(at(path), placeOf(path));
      const words = command.slice(1).map((word) => (word.startsWith('./') ? placeOf(word) : word));
      const visible = [...needed, ...libraries, ...folders, ...given.code.map(placeOf), manifest, ...reads];
      return {
        ...inNamespace({ folder, reads: visible, writes, otherwise }, program, [...words, manifest]),
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', OMP_NUM_THREADS: String(threads) },
        confinement: 'namespace',
      };
    },
  };
};
