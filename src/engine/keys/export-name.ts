import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaperError } from '../stage/paper-error.ts';
import type { StageCode } from '../stage/pipeline.ts';
import { bundleOf } from './bundle-stage.ts';

/**
 * The name under which a definition's module exports it, found by its `run`: nobody types it, so that no other
 * function runs than the one that was connected.
 *
 * @throws StageNotExported
 */
export const exportNameOf = async (root: string, code: StageCode): Promise<string> => {
  const exported: Readonly<Record<string, unknown>> = await import(code.module).catch(async (cause) => {
    // What does not load is told with its place by what reads it next.
    await bundleOf(root, { module: fileURLToPath(code.module) }, new Map());
    throw cause;
  });
  const name = Object.keys(exported).find((candidate) => {
    const { run, witness } = (exported[candidate] ?? {}) as Partial<StageCode>;
    return run === code.run && witness === code.witness;
  });
  if (name !== undefined) return name;
  throw new PaperError('StageNotExported', 'a stage of the pipeline is not exported by its own module.', {
    where: { file: relative(root, fileURLToPath(code.module)) },
    details: [
      `expected an export whose run is the stage's; found ${Object.keys(exported).join(', ') || 'no exports'}`,
    ],
    hint: 'export the definition from the file whose import.meta.url it gives as `module`: a stage runs from its own bundle, in its own process.',
  });
};
