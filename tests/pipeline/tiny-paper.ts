import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { attestRun } from '../../src/engine/published/attest-run.ts';
import { auditRun } from '../../src/engine/published/audit-run.ts';
import { trainRun } from '../../src/engine/published/train-run.ts';
import { pipelineStatus } from '../../src/engine/run/pipeline-status.ts';
import { runPipeline } from '../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../src/engine/run/store.ts';
import type { Workshop } from '../../src/engine/run/workshop.ts';
import type { Inputs, Outputs, StageKind } from '../../src/engine/stage/define-stage.ts';
import type { Pipeline, Publication, Stage } from '../../src/engine/stage/pipeline.ts';

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
export const createTinyPaper = (existing?: string) => {
  mkdirSync(join(root, '.paper', 'tests'), { recursive: true });
  const folder = existing ?? mkdtempSync(join(root, '.paper', 'tests', 'paper-'));
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const said: string[] = [];
  let workshop: Workshop = {
    root,
    store: openStore(join(folder, 'store')),
    backend: { library: 'none' },
    referenceBackend: { library: 'none' },
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
}, witness: { parts: {
${parts.join('\n')}
}, tolerance: { loss: 1e-6 } } };
`,
    );
    const declared: Inputs = Object.fromEntries(Object.keys(inputs).map((input) => [input, ['result']]));
    const module = pathToFileURL(join(folder, `${name}.ts`)).href;
    return {
      name,
      code: {
        module,
        exportName: 'tiny',
        kind,
        inputs: declared,
        outputs,
        params: schema,
        ...(Object.keys(witness).length > 0 ? { witness: { parts: witness } } : {}),
      },
      inputs,
      params,
      threads: 1,
      ...(published ? { published } : {}),
    };
  };
  const pipelineOf = (stages: readonly Stage[]): Pipeline => ({
    paper: 'tiny',
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
    run: (...stages: readonly Stage[]) => runPipeline(workshop, pipelineOf(stages)),
    status: (...stages: readonly Stage[]) => pipelineStatus(workshop, pipelineOf(stages)),
    train: (stage: Stage, again = false) => trainRun(workshop, pipelineOf([stage]), stage, again),
    attest: (stage: Stage) => attestRun(workshop, pipelineOf([stage]), stage),
    audit: (stage: Stage, parts?: readonly string[]) => auditRun(workshop, pipelineOf([stage]), stage, parts),
    /** As a clone has it: what is committed, and nothing stored. */
    forgetStore: (): void => rmSync(join(folder, 'store'), { recursive: true, force: true }),
    /** From now on with another backend, machine or reporter. */
    become: (about: Partial<Workshop>): void => {
      workshop = { ...workshop, ...about };
    },
    output: async (finished: Awaited<ReturnType<typeof runPipeline>>, name: string): Promise<string> =>
      (await finished.get(name)!.read('result', 'the test')).toString('utf8'),
    remove: (): void => {
      for (const path of [folder, join(root, '.paper', 'published', relative(root, folder))]) {
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
};

export type TinyPaper = ReturnType<typeof createTinyPaper>;

/** Names of the stages that ran. */
export const ranIn = (finished: Awaited<ReturnType<typeof runPipeline>>): readonly string[] =>
  [...finished].flatMap(([name, { ran }]) => (ran ? [name] : []));
