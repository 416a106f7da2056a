import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { keyedModules } from '../site/keyed-modules.ts';

/** Of what a paper says, the modules that a command loads, wherever a page stands. */
const loaded = ['./claims.ts', './tables.ts'];

/**
 * What is said of results is made of them alone: of claims, words of tables and figures, looked at before any of it is
 * loaded.
 *
 * @throws UnkeyedRead
 */
export const requireKeyed = async (root: string, paper: string): Promise<void> => {
  const content = join(root, 'content', paper);
  const folder = join(content, 'figures');
  const figures = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  const names = [
    ...loaded,
    ...figures.filter((name) => name.endsWith('.ts')).map((name) => `./figures/${name}`),
  ];
  const { faults } = await keyedModules(root, join(content, 'index.mdx'), names);
  if (faults[0]) throw faults[0];
};
