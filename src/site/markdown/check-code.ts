import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { sha256 } from '../../engine/stage/index.ts';
import { keyedModules, madeImports } from '../keyed-modules.ts';
import { unkeyedRead } from '../unkeyed-read.ts';
import { codeInTree } from './code-in-page.ts';
import { placed } from './elements-in-code.ts';
import { reportFault } from './faults.ts';
import { positionOf } from './jsx-node.ts';

/**
 * A page is rendered anew when what it imports changes: neither its own code nor that of its modules reads anything else.
 * Faults: UnkeyedRead
 *
 * @param record which modules were looked at
 */
export const checkCode =
  (root: string, record: (path: string, digest: string) => void) => () => async (tree: Root, file: VFile) => {
    const { reads, imports } = codeInTree(tree);
    for (const { kind, what, part } of [...reads, ...madeImports(root, file.path, imports)])
      reportFault(file, unkeyedRead(kind, what, positionOf(file, placed(part))));
    const { faults, files } = await keyedModules(
      root,
      file.path,
      imports.map(({ name }) => name),
    );
    for (const fault of faults) reportFault(file, fault);
    for (const path of files) record(relative(root, path), sha256(readFileSync(path)));
  };
