import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exportNameOf, moduleName } from '../engine/index.ts';
import type { Stage } from '../engine/stage/index.ts';
import type { Definition } from '../site/definition-text.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @throws StageNotExported */
export const definitionOf = async (root: string, { code }: Stage): Promise<Definition> => {
  const file = moduleName(root, code);
  if (code.program) return { file, line: null };
  const name = escaped(await exportNameOf(root, code));
  const lines = readFileSync(fileURLToPath(code.module), 'utf8').split('\n');
  // A comment may name it too. What a list or a pattern exports is where code first names it.
  const places = [new RegExp(`^export\\b[^=]*\\b${name}\\b`), new RegExp(`^(?!\\s*[/*]).*\\b${name}\\b`)];
  const at = places.map((place) => lines.findIndex((line) => place.test(line))).find((found) => found >= 0);
  return { file, line: at === undefined ? null : at + 1 };
};
