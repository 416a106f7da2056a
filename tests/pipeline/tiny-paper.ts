import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { attestRun } from '../../src/engine/published/attest-run.ts';
import { auditRun } from '../../src/engine/published/audit-run.ts';
import { publishRun } from '../../src/engine/published/publish-run.ts';
import { pipelineStatus } from '../../src/engine/run/pipeline-status.ts';
import { runPipeline } from '../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../src/engine/run/store.ts';
import { verifyStage } from '../../src/engine/run/verify-stage.ts';
import type { Workshop } from '../../src/engine/run/workshop.ts';
import type { Inputs, Outputs, StageKind } from '../../src/engine/stage/define-stage.ts';
import {
  type Pipeline,
  type Publication,
  type Stage,
  stagesInOrder,
} from '../../src/engine/stage/pipeline.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a test says of a stage: its file's text, and how it is connected. */
export interface TinyStage {
  readonly name: string;
  /** The body of `run`, in terms of `context` and of `value` from the helper. */
  readonly body: string;
  readonly inputs?: Readonly<Record<string, Stage>>;
  readonly params?: unknown;
  readonly schema?: z.ZodType;
  readonly kind?: StageKind;
  /** `result` unless given; other stages read `result`. */
  readonly outputs?: Outputs;
  readonly published?: Publication;
  /** Part id -> the body of its `run`, which returns marks. */
  readonly witness?: Readonly<Record<string, { readonly needsInputs: boolean; readonly body: string }>>;
  /** Statements before the definition. */
  readonly preamble?: string;
}

/**
 * A paper of a few stages in a folder of its own, run by the real runner in real processes over a real store.
 * Every stage imports `helper.ts`, which imports `deep.ts`. Given an `existing` folder, another process joins in.
 */
export const createTinyPaper = (existing?: string, id = 'tiny') => {
  mkdirSync(join(root, '.paper', 'tests'), { recursive: true });
  const folder = existing ?? mkdtempSync(join(root, '.paper', 'tests', 'paper-'));
  /** Of its runs while they are published, and of no other test's. */
  const aside = join(root, '.paper', 'published', relative(root, folder));
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const said: string[] = [];
  let versions = 0;
  let workshop: Workshop = {
    root,
    store: openStore(join(folder, 'store')),
    platform: { backend: { choice: 'none' }, node: '22', compiled: {} },
    reference: { backend: { choice: 'none' }, node: '22', compiled: {} },
    machine: {},
    environment: () => ({}),
    reporter: {
      say: (line) => void said.push(line),
      progress: () => {},
      finished: () => {},
      close: () => {},
    },
  };
  write('deep.ts', 'export const deep = 1;\n');
  write('helper.ts', "import { deep } from './deep.ts';\nexport const value = deep + 1;\n");

  const stage = ({
    name,
    body,
    inputs = {},
    params = {},
    schema = z.strictObject({}),
    kind = 'exact',
    outputs = { result: `${name}.json` },
    published,
    witness = {},
    preamble = '',
  }: TinyStage): Stage => {
    const parts = Object.entries(witness).map(
      ([id, part]) =>
        `'${id}': { needsInputs: ${part.needsInputs}, run: async (context) => {\n${part.body}\n} },`,
    );
    write(
      `${name}.ts`,
      `import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { PaperError } from '../../../src/engine/stage/paper-error.ts';
import { value } from './helper.ts';
${preamble}export const tiny = { run: async (context) => { void [readFileSync, writeFileSync, existsSync, PaperError, value];
${body}
}, ${parts.length > 0 ? `witness: { parts: {\n${parts.join('\n')}\n}, tolerance: { loss: 1e-6 } }` : ''} };
`,
    );
    const declared: Inputs = Object.fromEntries(Object.keys(inputs).map((input) => [input, ['result']]));
    // Another address each time it is written: a module of one address is read once.
    versions += 1;
    const module = `${pathToFileURL(join(folder, `${name}.ts`)).href}?version=${versions}`;
    return {
      name,
      code: {
        module,
        run: () => {},
        kind,
        inputs: declared,
        outputs,
        params: schema,
        ...(Object.keys(witness).length > 0 ? { witness: { parts: witness } } : {}),
      },
      inputs,
      files: {},
      params,
      threads: 1,
      ...(published ? { published } : {}),
    };
  };
  /** The definitions as their modules export them: the engine finds the exports by them. */
  const load = async (stages: readonly Stage[]): Promise<Pipeline> => {
    for (const { code } of stagesInOrder(pipelineOf(stages))) {
      const loaded = await import(code.module).catch(() => undefined);
      if (loaded) Object.assign(code, loaded.tiny);
    }
    return pipelineOf(stages);
  };
  const pipelineOf = (stages: readonly Stage[]): Pipeline => ({
    paper: id,
    locked: false,
    results: stages as Pipeline['results'],
    files: {},
    published: relative(root, join(folder, 'published')),
    profile: { name: 'paper', others: ['quick'] },
  });
  return {
    folder,
    said,
    stage,
    write,
    has: (file: string): boolean => existsSync(join(folder, file)),
    read: (file: string): string => readFileSync(join(folder, file), 'utf8'),
    /** Where a stage does what it may not. */
    placeOf: (name: string, line: string): string => `${relative(root, folder)}/${name}.ts:${line}`,
    /** What a published run's record says, or another file of it. */
    published: (run: string, file = 'record.json') =>
      JSON.parse(readFileSync(join(folder, 'published', run, file), 'utf8')),
    run: async (...stages: readonly Stage[]) => runPipeline(workshop, await load(stages)),
    /** With the definitions as the test made them. */
    runAsGiven: (...stages: readonly Stage[]) => runPipeline(workshop, pipelineOf(stages)),
    verifyAsGiven: (stage: Stage) => verifyStage(workshop, pipelineOf([stage]), stage),
    verify: async (stage: Stage) => verifyStage(workshop, await load([stage]), stage),
    status: async (...stages: readonly Stage[]) => pipelineStatus(workshop, await load(stages)),
    train: async (stage: Stage, again = false) => publishRun(workshop, await load([stage]), stage, again),
    attest: async (stage: Stage) => attestRun(workshop, await load([stage]), stage),
    audit: async (stage: Stage, parts?: readonly string[]) =>
      auditRun(workshop, await load([stage]), stage, parts),
    /** As a clone has it: what is committed, and nothing stored or put aside. */
    forgetStore: (): void => {
      for (const path of [join(folder, 'store'), aside]) rmSync(path, { recursive: true, force: true });
    },
    /** From now on with another backend, machine or reporter. */
    become: (about: Partial<Workshop>): void => {
      workshop = { ...workshop, ...about };
    },
    output: async (finished: Awaited<ReturnType<typeof runPipeline>>, name: string): Promise<string> =>
      (await finished.get(name)!.read('result', 'the test')).toString('utf8'),
    remove: (): void => {
      for (const path of [folder, aside]) rmSync(path, { recursive: true, force: true });
    },
  };
};

export type TinyPaper = ReturnType<typeof createTinyPaper>;

/** Names of the stages that ran. */
export const ranIn = (finished: Awaited<ReturnType<typeof runPipeline>>): readonly string[] =>
  [...finished].flatMap(([name, { ran }]) => (ran ? [name] : []));
