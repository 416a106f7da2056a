import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import { canonicalJson } from '../../src/engine/keys/plain-json.ts';
import { type Pipeline, type Stage, stagesInOrder } from '../../src/engine/stage/pipeline.ts';
import { pythonScripts } from './wired-pipeline.ts';

/** A stage as its code is called: what it is given, and where. */
export interface PlainStage {
  readonly name: string;
  readonly module: string;
  /** Of a stage in Python, in the module's place. */
  readonly script?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly params: unknown;
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/** What the machine's python3 stands for, found once: a shim takes several times as long to find it as it takes to start. */
const python = execaSync('python3', ['-c', 'import sys; print(sys.executable)']).stdout;

const record = <Value>(entries: Iterable<readonly [string, Value]>): Readonly<Record<string, Value>> =>
  Object.fromEntries(entries);

/**
 * What a project's files come to without keys, bundles, confinement or a store: Node loads the modules where they
 * lie, and calls the stages in data order. What is published is taken as it lies.
 *
 * @param folder a new one, for what the stages write
 * @param environment of a stage with so many threads
 * @returns the text of the last stage's result
 */
export const plainRun = async (
  root: string,
  pipeline: Pipeline,
  folder: string,
  environment: (threads: number) => Readonly<Record<string, string>>,
): Promise<string> => {
  const outputsOf = ({ name, code }: Stage) =>
    record(Object.entries(code.outputs).map(([output, file]) => [output, join(folder, name, file)]));
  const stages = stagesInOrder(pipeline);
  const plan: PlainStage[] = [];
  for (const stage of stages) {
    const { name, code, params, files, threads } = stage;
    mkdirSync(join(folder, name), { recursive: true });
    if (stage.published !== undefined) {
      cpSync(join(root, pipeline.published!, name), join(folder, name), { recursive: true });
      continue;
    }
    const module = fileURLToPath(code.module);
    plan.push({
      name,
      module,
      ...(name in pythonScripts ? { script: join(dirname(module), pythonScripts[name]!) } : {}),
      // An exact stage is told of no backend and no threads.
      environment: code.kind === 'exact' ? {} : environment(threads),
      params: code.params.parse(params),
      inputs: record(
        Object.entries(stage.inputs).map(([input, from]) => [
          input,
          record((code.inputs[input] ?? []).map((output) => [output, outputsOf(from)[output]!])),
        ]),
      ),
      outputs: outputsOf(stage),
      files: record(Object.entries(files).map(([file, { path }]) => [file, path])),
    });
  }
  const planFile = join(folder, 'plan.json');
  // In the one order of members that stages are given them in.
  writeFileSync(planFile, canonicalJson(plan));
  await execa(
    join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node'),
    [
      '--experimental-transform-types',
      '--no-warnings',
      join(import.meta.dirname, 'plain-run-process.ts'),
      planFile,
      python,
    ],
    { cwd: root },
  );
  return readFileSync(Object.values(outputsOf(stages.at(-1)!))[0]!, 'utf8');
};
