import { fileURLToPath } from 'node:url';
import { exportNameOf } from '../engine/index.ts';
import type { PaperError } from '../engine/stage/index.ts';
import type { WorkerCode } from './bundle-worker.ts';
import { type ComputedStages, finishedStage, publicFile } from './public-file.ts';
import {
  type MadeFile,
  madeInputs,
  type PublicFile,
  type RecomputedRun,
  type RecomputedStage,
} from './recomputation.ts';
import type { Rerunning } from './rerunning.ts';

/** Why a stage cannot be run by readers: of a table's own, or of one that is run before it. */
export type Refuse = (stage: string, isRerun: boolean, reason: string) => PaperError;

/** The path and the content of whatever a stage reads; what is public already is not put there twice. */
const inputFiles = (computed: ComputedStages) => {
  const isPublic = new Map(
    Object.entries(computed.pipeline.files).map(([path, { stage, output }]) => [
      `${stage.name}/${output}`,
      path,
    ]),
  );
  const added = new Map<string, Uint8Array>();
  const known = new Map<string, Promise<PublicFile>>();
  const read = async (stage: string, output: string, neededBy: string): Promise<PublicFile> => {
    const done = finishedStage(computed, stage);
    const own = `recompute/${stage}/${done.stage.code.outputs[output]}`;
    const path = isPublic.get(`${stage}/${output}`) ?? own;
    const { file, content } = await publicFile(done, output, path, neededBy);
    if (path === own) added.set(own, content);
    return file;
  };
  const fileOf = (stage: string, output: string, neededBy: string): Promise<PublicFile> => {
    const name = `${stage}/${output}`;
    if (!known.has(name)) known.set(name, read(stage, output, neededBy));
    return known.get(name)!;
  };
  return { added, fileOf };
};

/** What is run of a paper's stages by its readers: the runs, as they are asked for, with their code and their files. */
export const prepareRuns = (root: string, computed: ComputedStages) => {
  const { added, fileOf } = inputFiles(computed);
  const codes = new Map<string, WorkerCode>();
  const { rerun = [] } = computed.pipeline as Rerunning;
  const isRerun = new Set(rerun.map(({ name }) => name));

  const stageOf = async (name: string, refuse: Refuse): Promise<RecomputedStage> => {
    const done = finishedStage(computed, name);
    const { code, inputs } = done.stage;
    const no = (reason: string) => refuse(name, isRerun.has(name), reason);
    if (code.program) throw no('it is a command');
    if (Object.keys(done.stage.files).length > 0) throw no('it reads files from outside the project');
    const exportName = await exportNameOf(root, code);
    const codeName = `${code.module.slice(code.module.lastIndexOf('/') + 1)}#${exportName}`;
    codes.set(codeName, { name: codeName, module: fileURLToPath(code.module), exportName });
    const given = async (from: string, output: string): Promise<PublicFile | MadeFile> =>
      isRerun.has(from) ? { madeBy: from, output } : fileOf(from, output, name);
    return {
      stage: name,
      code: codeName,
      params: done.record.params,
      inputs: Object.fromEntries(
        await Promise.all(
          Object.entries(code.inputs).map(async ([input, outputs]) => {
            const from = inputs[input]!.name;
            const files = outputs.map(async (output) => [output, await given(from, output)] as const);
            return [input, Object.fromEntries(await Promise.all(files))] as const;
          }),
        ),
      ),
      outputs: code.outputs,
    };
  };

  const runOf = async (name: string, refuse: Refuse): Promise<RecomputedRun> => {
    const own = await stageOf(name, refuse);
    const found = new Map<string, RecomputedStage>();
    const visit = async (stage: RecomputedStage): Promise<void> => {
      for (const made of madeInputs(stage)) {
        if (found.has(made)) continue;
        const before = await stageOf(made, refuse);
        await visit(before);
        found.set(made, before);
      }
    };
    await visit(own);
    return { ...own, before: [...found.values()] };
  };

  return { added, codes, runOf };
};
