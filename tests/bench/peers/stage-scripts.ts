import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Language } from './peer-system.ts';

/** How a script gets its parameter and gives its value, in its own language. */
export interface ScriptEnds {
  readonly data: string;
  readonly parameter: string;
  /** A statement that gives `value` on. */
  readonly give: string;
}

export const writeFile = (folder: string, path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** A stage tells the bench by a datagram that it ran: no file is written that a system could take for an output. */
const beacons: Readonly<Record<Language, (stage: string, port: number) => string>> = {
  js: (stage, port) => `const socket = createSocket('udp4');
socket.send('${stage}', ${port}, '127.0.0.1', () => socket.close());
`,
  py: (
    stage,
    port,
  ) => `socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'${stage}', ('127.0.0.1', ${port}))
`,
};

/**
 * The first stage: value = x * factor + offset + parameter, where x comes from the data file, the factor from a
 * helper's helper and the offset from a package. Its line `extra = 0` is where edits put further reads.
 */
export const valueScript = (
  language: Language,
  port: number,
  { data, parameter, give }: ScriptEnds,
): string =>
  language === 'js'
    ? `import { createSocket } from 'node:dgram';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { factor } from './helper.mjs';
import { offset } from 'tiny-package';

const extra = 0;
const { x } = JSON.parse(readFileSync('${data}', 'utf8'));
const parameter = Number(${parameter});
const value = x * factor + offset + parameter + extra;
${give}
${beacons.js('value', port)}`
    : `import json, os, random, socket, sys, time
sys.path[:0] = ['code', 'site-packages']
from helper import factor
from tiny_package import offset

extra = 0
x = json.load(open('${data}'))['x']
parameter = float(${parameter})
value = x * factor + offset + parameter + extra
${give}
${beacons.py('value', port)}`;

/** The second stage: ten times the value. */
export const reportScript = (language: Language, port: number, from: string, to: string): string =>
  language === 'js'
    ? `import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';

writeFileSync('${to}', String(10 * Number(readFileSync('${from}', 'utf8'))));
${beacons.js('report', port)}`
    : `import socket

open('${to}', 'w').write(str(10 * float(open('${from}').read())))
${beacons.py('report', port)}`;

/** The helper, its helper, the package, its package and the data. @returns their paths */
export const writeParts = (folder: string, language: Language, code: string, data: string) => {
  const js = language === 'js';
  const paths = js
    ? {
        helper: `${code}/helper.mjs`,
        deep: `${code}/deep.mjs`,
        package: 'node_modules/tiny-package/index.js',
        packageDependency: 'node_modules/tinier-package/index.js',
      }
    : {
        helper: `${code}/helper.py`,
        deep: `${code}/deep.py`,
        package: 'site-packages/tiny_package/__init__.py',
        packageDependency: 'site-packages/tinier_package/__init__.py',
      };
  const files: Readonly<Record<string, string>> = js
    ? {
        [paths.helper]: "import { deep } from './deep.mjs';\n\nexport const factor = deep + 1;\n",
        [paths.deep]: 'export const deep = 1;\n',
        [paths.package]: "import { shift } from 'tinier-package';\n\nexport const offset = 100 + shift;\n",
        [paths.packageDependency]: 'export const shift = 10;\n',
      }
    : {
        [paths.helper]: 'from deep import deep\n\nfactor = deep + 1\n',
        [paths.deep]: 'deep = 1\n',
        [paths.package]: 'from tinier_package import shift\n\noffset = 100 + shift\n',
        [paths.packageDependency]: 'shift = 10\n',
      };
  for (const [path, text] of Object.entries(files)) writeFile(folder, path, text);
  if (js) {
    for (const name of ['tiny-package', 'tinier-package']) {
      const manifest = { name, version: '1.0.0', type: 'module', main: 'index.js' };
      writeFile(folder, `node_modules/${name}/package.json`, JSON.stringify(manifest));
    }
  }
  writeFile(folder, data, '{ "x": 3 }\n');
  return { ...paths, data };
};
