import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideNodePeer, providePythonPeer } from './install-peer.ts';
import type { PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { valueScript, writeFile, writeParts } from './stage-scripts.ts';

const version = '1.8.3';
const content = '_build/site/content/index.json';

/** A page whose cell is the script; what it publishes is the value in the page's text. */
export const mystmd: PeerSystem = {
  id: 'mystmd',
  name: 'mystmd',
  version,
  declares: 'nothing',
  languages: ['py'],
  create: async (folder, language, port) => {
    const parts = writeParts(folder, language, 'code', 'data/data.json');
    const cell = valueScript(language, port, { data: parts.data, parameter: '1', give: '' });
    writeFile(
      folder,
      'index.md',
      `---
title: Tiny
kernelspec:
  name: python3
  display_name: Python 3
---

A page.

\`\`\`{code-cell} python
${cell}\`\`\`

The value is {eval}\`value\`.
`,
    );
    // A template of its own, since the usual one comes from a server at every first build.
    writeFile(folder, 'myst.yml', 'version: 1\nproject:\n  title: Tiny\nsite:\n  template: ./template\n');
    writeFile(
      folder,
      'template/template.yml',
      "jtex: v1\ntitle: Plain\nversion: 1.0.0\nbuild:\n  install: 'true'\n  start: 'true'\n",
    );
    writeFile(folder, 'jupyter/jupyter_server_config.json', '{ "ServerApp": { "allow_root": true } }');
    return { ...parts, script: 'index.md', page: 'index.md' };
  },
  build: async (folder, environment) => {
    const home = await provideNodePeer(`mystmd@${version}`);
    const bin = await providePythonPeer('jupyter-2.21.1', ['jupyter_server==2.21.1', 'ipykernel==7.4.0']);
    return runSystem(
      folder,
      join(home, 'node_modules', '.bin', 'myst'),
      ['build', '--execute', '--site', '--strict'],
      { JUPYTER_CONFIG_DIR: join(folder, 'jupyter'), ...environment },
      [bin, dirname(process.execPath)],
    );
  },
  read: (folder) => {
    if (!existsSync(join(folder, content))) return undefined;
    const printed = /"text\/plain":"([-\d.e]+)"/.exec(readFileSync(join(folder, content), 'utf8'));
    return printed === null ? undefined : Number(printed[1]);
  },
  caches: ['_build/execute'],
  products: ['_build'],
};
