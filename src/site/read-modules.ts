import { statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { digestOfFile } from '../engine/index.ts';
import type { SiteBuild } from './site-build.ts';

/**
 * Notes every file that pages import, however deep and wherever it stands, as it was read. The project's packages are none of
 * them: their state is known as a whole.
 */
export const readModules = (root: string, build: SiteBuild | undefined): Plugin => ({
  name: 'reproducible-paper:modules',
  apply: 'build',
  moduleParsed({ id }) {
    const [path = ''] = id.split('?');
    if (!build || !isAbsolute(path)) return;
    const from = relative(root, path);
    if (from.startsWith(`node_modules${sep}`) || !statSync(path, { throwIfNoEntry: false })?.isFile()) return;
    build.sources.set(from, digestOfFile(path));
  },
});
