import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providePythonPeer } from './install-peer.ts';
import type { BuildEnd, PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { reportScript, valueScript, writeFile, writeParts } from './stage-scripts.ts';

const version = '3.67.1';

const run = async (
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<BuildEnd> => {
  const bin = await providePythonPeer(`dvc@${version}`, [`dvc==${version}`, 'pyyaml']);
  return runSystem(folder, join(bin, 'dvc'), words, { DVC_NO_ANALYTICS: '1', ...environment }, [bin]);
};

/** Declares for each stage its script, what it reads and its parameters, as the first pipeline of its guide does. */
export const dvc: PeerSystem = {
  id: 'dvc',
  name: 'DVC',
  version,
  declares: 'each stage’s script, data and parameters',
  languages: ['py'],
  create: async (folder, language, port) => {
    const parts = writeParts(folder, language, 'code', 'data/data.json');
    const script = 'code/value.py';
    const give = "open('value.txt', 'w').write(str(value))";
    const parameter = "open('params.yaml').read().split(':')[1]";
    writeFile(folder, script, valueScript(language, port, { data: parts.data, parameter, give }));
    writeFile(folder, 'code/report.py', reportScript(language, port, 'value.txt', 'report.txt'));
    writeFile(folder, 'params.yaml', 'parameter: 1\n');
    writeFile(
      folder,
      'dvc.yaml',
      `stages:
  value:
    cmd: python ${script}
    deps: [${script}, ${parts.data}]
    params: [parameter]
    outs: [value.txt]
  report:
    cmd: python code/report.py
    deps: [code/report.py, value.txt]
    outs: [report.txt]
`,
    );
    await run(folder, ['init', '--no-scm', '--quiet']);
    return {
      ...parts,
      script,
      second: 'code/report.py',
      intermediate: 'value.txt',
      published: 'report.txt',
      parameter: 'params.yaml',
    };
  },
  build: (folder, environment) => run(folder, ['repro'], environment),
  read: (folder) =>
    existsSync(join(folder, 'report.txt'))
      ? Number(readFileSync(join(folder, 'report.txt'), 'utf8'))
      : undefined,
  caches: ['.dvc/cache'],
  products: ['value.txt', 'report.txt', 'dvc.lock', '.dvc/tmp'],
};
