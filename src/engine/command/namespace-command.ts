import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const namespaceScript = fileURLToPath(new URL('./namespace.sh', import.meta.url));

/** Of a user who is not root, root of a namespace alone. */
const flags = (): readonly string[] => [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--mount',
  '--net',
  '--uts',
  '--ipc',
  // It sees no other process, and none outlives it.
  '--pid',
  '--fork',
  '--kill-child',
];

let known: boolean | undefined;

/** Whether this machine lets a process have a root of its own; tried once. */
export const hasNamespaces = (): boolean => {
  known ??=
    process.platform === 'linux' &&
    existsSync('/usr/bin/env') &&
    spawnSync(
      'unshare',
      [
        ...flags(),
        'sh',
        '-c',
        'mount -t tmpfs tmpfs /mnt && echo stage >/proc/sys/kernel/hostname && chroot / /usr/bin/setpriv --no-new-privs --bounding-set=-all --inh-caps=-all true',
      ],
      {
        stdio: 'ignore',
      },
    ).status === 0;
  return known;
};

/** The system's programs and libraries. */
export const systemFolders = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache', '/etc/alternatives'];

export interface Visible {
  /** The folder of the run; the new root is made in it. */
  readonly folder: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** As by another user: with other limits. */
  readonly otherwise?: boolean | undefined;
}

/** A command in a root in which nothing but what is named exists, and without a network. */
export const inNamespace = (
  { folder, reads, writes, otherwise = false }: Visible,
  file: string,
  args: readonly string[],
): { readonly file: string; readonly args: readonly string[] } => {
  const root = join(folder, 'root');
  mkdirSync(root, { recursive: true });
  const paths = new Map([
    ...reads.filter((path) => existsSync(path)).map((path) => [path, 'ro'] as const),
    ...writes.map((path) => [path, 'rw'] as const),
  ]);
  const sorted = [...paths].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const visible = sorted.map(([path, mode]) => `${mode}:${path}`);
  return {
    file: 'unshare',
    args: [
      ...flags(),
      'sh',
      namespaceScript,
      otherwise ? 'otherwise' : 'as-it-is',
      root,
      ...visible,
      '--',
      file,
      ...args,
    ],
  };
};
