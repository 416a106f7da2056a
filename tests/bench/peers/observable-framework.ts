import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { provideNodePeer } from './install-peer.ts';
import type { PeerSystem } from './peer-system.ts';
import { runSystem } from './run-system.ts';
import { valueScript, writeFile, writeParts } from './stage-scripts.ts';

const version = '1.13.4';
const files = (folder: string): string => join(folder, 'dist', '_file');

/** A data loader named after its output; loaders cannot read one another, so there is one stage. */
export const observableFramework: PeerSystem = {
  id: 'observable-framework',
  name: 'Observable Framework',
  version,
  declares: 'nothing',
  languages: ['js', 'py'],
  create: async (folder, language, port) => {
    const js = language === 'js';
    const parts = writeParts(folder, language, js ? 'src' : 'code', 'data/data.json');
    const script = `src/value.txt.${js ? 'js' : 'py'}`;
    const give = js ? 'process.stdout.write(String(value));' : 'sys.stdout.write(str(value))';
    writeFile(folder, script, valueScript(language, port, { data: parts.data, parameter: '1', give }));
    writeFile(folder, 'package.json', JSON.stringify({ name: 'tiny', private: true, type: 'module' }));
    writeFile(folder, 'observablehq.config.js', "export default { title: 'Tiny', search: false };\n");
    writeFile(
      folder,
      'src/index.md',
      "# Tiny\n\nA page.\n\n```js\nFileAttachment('value.txt').text()\n```\n",
    );
    return { ...parts, script, page: 'src/index.md' };
  },
  build: async (folder, environment) => {
    const home = await provideNodePeer(`@observablehq/framework@${version}`);
    const command = join(home, 'node_modules', '.bin', 'observable');
    return runSystem(folder, command, ['build'], { OBSERVABLE_TELEMETRY_DISABLE: 'true', ...environment }, [
      dirname(process.execPath),
    ]);
  },
  read: (folder) => {
    if (!existsSync(files(folder))) return undefined;
    const name = readdirSync(files(folder)).find((file) => file.startsWith('value.'));
    return name === undefined ? undefined : Number(readFileSync(join(files(folder), name), 'utf8'));
  },
  caches: ['src/.observablehq/cache'],
  products: ['dist'],
};
