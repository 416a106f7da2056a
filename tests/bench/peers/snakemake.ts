import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providePythonPeer } from './install-peer.ts';
import type { PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { reportScript, valueScript, writeFile, writeParts } from './stage-scripts.ts';

const version = '9.27.1';

/** Rules with a script, an input, an output and a parameter, as in its tutorial; reruns by its default triggers. */
export const snakemake: PeerSystem = {
  id: 'snakemake',
  name: 'Snakemake',
  version,
  declares: 'each rule’s script, data and parameters',
  languages: ['py'],
  create: async (folder, language, port) => {
    const parts = writeParts(folder, language, 'code', 'data/data.json');
    const script = 'code/value.py';
    const give = "open('value.txt', 'w').write(str(value))";
    const parameter = 'snakemake.params.parameter';
    writeFile(folder, script, valueScript(language, port, { data: parts.data, parameter, give }));
    writeFile(folder, 'code/report.py', reportScript(language, port, 'value.txt', 'report.txt'));
    writeFile(folder, 'config.yaml', 'parameter: 1\n');
    writeFile(
      folder,
      'Snakefile',
      `configfile: "config.yaml"

rule report:
    input: "value.txt"
    output: "report.txt"
    script: "code/report.py"

rule value:
    input: "${parts.data}"
    output: "value.txt"
    params: parameter=config["parameter"]
    script: "${script}"
`,
    );
    return {
      ...parts,
      script,
      second: 'code/report.py',
      intermediate: 'value.txt',
      published: 'report.txt',
      parameter: 'config.yaml',
    };
  },
  build: async (folder, environment) => {
    const bin = await providePythonPeer(`snakemake@${version}`, [`snakemake==${version}`]);
    return runSystem(folder, join(bin, 'snakemake'), ['--cores', '1'], environment, [bin]);
  },
  read: (folder) =>
    existsSync(join(folder, 'report.txt'))
      ? Number(readFileSync(join(folder, 'report.txt'), 'utf8'))
      : undefined,
  caches: ['.snakemake'],
  products: ['value.txt', 'report.txt'],
};
