import { join } from 'node:path';
import { keyedModules } from '../site/keyed-modules.ts';

/**
 * What is said of results is made of them alone: of claims, words of tables and figures, looked at before any of it is
 * loaded.
 *
 * @param file a module of what a paper says, from the project's root
 * @throws UnkeyedRead
 */
export const requireKeyed = async (root: string, file: string): Promise<void> => {
  const { faults } = await keyedModules(root, join(root, file), [join(root, file)]);
  if (faults[0]) throw faults[0];
};
