import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideNodePeer } from './install-peer.ts';
import type { PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { reportScript, valueScript, writeFile, writeParts } from './stage-scripts.ts';

export const viteVersion = '1.6.0';

/** Traces what a command reads; the project declares the commands and their order. */
export const viteTask: PeerSystem = {
  id: 'vite-task',
  name: 'Vite Task',
  version: viteVersion,
  declares: 'the commands and their order',
  languages: ['js', 'py'],
  create: async (folder, language, port) => {
    const parts = writeParts(folder, language, 'code', 'data/data.json');
    const js = language === 'js';
    const script = `code/value.${js ? 'mjs' : 'py'}`;
    const interpreter = js ? 'node' : 'python3';
    const give = js
      ? "writeFileSync('value.txt', String(value));"
      : "open('value.txt', 'w').write(str(value))";
    const parameter = js ? 'process.argv[2]' : 'sys.argv[1]';
    writeFile(folder, script, valueScript(language, port, { data: parts.data, parameter, give }));
    writeFile(
      folder,
      `code/report.${js ? 'mjs' : 'py'}`,
      reportScript(language, port, 'value.txt', 'report.txt'),
    );
    writeFile(folder, 'package.json', JSON.stringify({ name: 'tiny', private: true, type: 'module' }));
    writeFile(folder, 'pnpm-workspace.yaml', 'packages: []\n');
    writeFile(
      folder,
      'vite.config.mjs',
      `const parameter = 1;
export default {
  run: {
    tasks: {
      value: { command: \`${interpreter} ${script} \${parameter}\` },
      report: { command: '${interpreter} code/report.${js ? 'mjs' : 'py'}', dependsOn: ['value'] },
    },
  },
};
`,
    );
    return {
      ...parts,
      script,
      second: `code/report.${js ? 'mjs' : 'py'}`,
      intermediate: 'value.txt',
      published: 'report.txt',
      parameter: 'vite.config.mjs',
    };
  },
  build: async (folder, environment) => {
    const home = await provideNodePeer(`vite-plus@${viteVersion}`);
    const vp = join(home, 'node_modules', '.bin', 'vp');
    return runSystem(folder, vp, ['run', 'report'], environment, [dirname(process.execPath)]);
  },
  read: (folder) =>
    existsSync(join(folder, 'report.txt'))
      ? Number(readFileSync(join(folder, 'report.txt'), 'utf8'))
      : undefined,
  caches: ['node_modules/.vite', 'node_modules/.vite-task', 'node_modules/.vite-plus'],
  products: ['value.txt', 'report.txt'],
};
