import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildEnd, PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { writeFile, writeParts } from './stage-scripts.ts';

const ports = new Map<string, number>();
let lastPort = 0;

const run = (
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<BuildEnd> =>
  runSystem(
    folder,
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'our-build.ts'),
      folder,
      String(ports.get(folder) ?? lastPort),
      ...words,
    ],
    environment,
    [],
  );

/** This project's engine, by the harness that judges the others. */
export const thisEngine: PeerSystem = {
  id: 'this-engine',
  name: 'This site',
  version: '',
  declares: 'each stage’s inputs, files and parameters, and refuses others',
  languages: ['js'],
  create: async (folder, language, port) => {
    lastPort = port;
    ports.set(folder, port);
    const parts = writeParts(folder, language, 'code', 'data/data.json');
    writeFile(folder, 'config.mjs', `export const parameter = 1;\nexport const data = '${parts.data}';\n`);
    writeFile(
      folder,
      'code/value.mjs',
      `import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { factor } from './helper.mjs';
import { offset } from 'tiny-package';

export const definition = {
  run: ({ params: { parameter }, files, outputs }) => {
    const extra = 0;
    const { x } = JSON.parse(readFileSync(files.data, 'utf8'));
    const value = x * factor + offset + parameter + extra;
    writeFileSync(outputs.result, String(value));
  },
};
`,
    );
    writeFile(
      folder,
      'code/report.mjs',
      `import { readFileSync, writeFileSync } from 'node:fs';

export const definition = {
  run: ({ inputs, outputs }) =>
    writeFileSync(outputs.result, String(10 * Number(readFileSync(inputs.value.result, 'utf8')))),
};
`,
    );
    return {
      ...parts,
      script: 'code/value.mjs',
      second: 'code/report.mjs',
      published: 'report.txt',
      parameter: 'config.mjs',
    };
  },
  build: (folder, environment) => run(folder, environment),
  verify: async (folder) => (await run(folder, {}, 'verify')).exitCode === 0,
  read: (folder) =>
    existsSync(join(folder, 'report.txt'))
      ? Number(readFileSync(join(folder, 'report.txt'), 'utf8'))
      : undefined,
  caches: ['.paper'],
  products: ['report.txt'],
};
