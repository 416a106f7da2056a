import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaperError } from '../stage/paper-error.ts';
import type { StageCode } from '../stage/pipeline.ts';
import { bundleOf } from './bundle-stage.ts';

/**
 * The name under which a module exports a definition: nobody types it.
 *
 * @param module its address
 * @returns `name`, undefined where it exports no such thing; `found`, all that it exports, in words
 */
export const findExport = async (
  root: string,
  module: string,
  isWanted: (value: unknown) => boolean,
): Promise<{ readonly name: string | undefined; readonly found: string }> => {
  const exported: Readonly<Record<string, unknown>> = await import(module).catch(async (cause) => {
    // What does not load is told with its place by what reads it next.
    await bundleOf(root, { module: fileURLToPath(module) }, new Map());
    throw cause;
  });
  const names = Object.keys(exported);
  return { name: names.find((name) => isWanted(exported[name])), found: names.join(', ') || 'no exports' };
};

/**
 * The name under which a stage's module exports it, found by its `run`, so that no other function runs than the one
 * that was connected.
 *
 * @throws StageNotExported
 */
export const exportNameOf = async (root: string, code: StageCode): Promise<string> => {
  const { name, found } = await findExport(root, code.module, (value) => {
    const { run, witness } = (value ?? {}) as Partial<StageCode>;
    return run === code.run && witness === code.witness;
  });
  if (name !== undefined) return name;
  throw new PaperError('StageNotExported', 'a stage of the pipeline is not exported by its own module.', {
    where: { file: relative(root, fileURLToPath(code.module)) },
    details: [`expected an export whose run is the stage's; found ${found}`],
    hint: 'export the definition from the file whose import.meta.url it gives as `module`: a stage runs from its own bundle, in its own process.',
  });
};
