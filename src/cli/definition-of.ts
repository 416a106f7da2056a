import { definitionPlace } from '../engine/index.ts';
import type { Stage } from '../engine/stage/index.ts';
import type { Definition } from '../site/definition-text.ts';

/** @throws StageNotExported */
export const definitionOf = async (root: string, { code }: Stage): Promise<Definition> => {
  const { file, line = null } = await definitionPlace(root, code);
  return { file, line };
};
