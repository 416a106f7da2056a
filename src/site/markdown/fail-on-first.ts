import type { Root } from 'hast';
import type { VFile } from 'vfile';
import type { PaperError } from '../../engine/stage/index.ts';
import { firstFault, overlayError } from './faults.ts';

/** After every check: the first mistake in the text ends the compilation. */
export const failOnFirst =
  (root: string, fail: (file: VFile, fault: PaperError) => void) => () => (_: Root, file: VFile) => {
    const fault = firstFault(file);
    if (!fault) return;
    fail(file, fault);
    throw overlayError(root, fault);
  };
