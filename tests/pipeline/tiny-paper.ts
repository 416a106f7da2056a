import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Inputs, Outputs, StageKind } from '../../src/engine/define-stage.ts';
import type { Pipeline, Stage } from '../../src/engine/pipeline.ts';
import { pipelineStatus, runPipeline, type Workshop } from '../../src/engine/run-pipeline.ts';
import { openStore } from '../../src/engine/store.ts';

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
}

/**
 * A paper of a few stages in a folder of its own, run by the real runner in real processes over a real store.
 * Every stage imports `helper.ts`, which imports `deep.ts`.
 */
export const createTinyPaper = () => {
  mkdirSync(join(root, '.paper', 'tests'), { recursive: true });
  const folder = mkdtempSync(join(root, '.paper', 'tests', 'paper-'));
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const said: string[] = [];
  const workshop: Workshop = {
    root,
    store: openStore(join(folder, 'store')),
    backend: { library: 'none' },
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
  }: TinyStage): Stage => {
    write(
      `${name}.ts`,
      `import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { PaperError } from '../../../src/engine/paper-error.ts';
import { value } from './helper.ts';
export const tiny = { run: async (context) => { void [readFileSync, writeFileSync, existsSync, PaperError, value];
${body}
} };
`,
    );
    const declared: Inputs = Object.fromEntries(Object.keys(inputs).map((input) => [input, ['result']]));
    const outputs: Outputs = { result: `${name}.json` };
    const module = pathToFileURL(join(folder, `${name}.ts`)).href;
    return {
      name,
      code: { module, exportName: 'tiny', kind, inputs: declared, outputs, params: schema },
      inputs,
      params,
      threads: 1,
    };
  };
  const pipelineOf = (stages: readonly Stage[]): Pipeline => ({
    paper: 'tiny',
    results: stages as Pipeline['results'],
    files: {},
  });
  return {
    folder,
    said,
    stage,
    write,
    read: (file: string): string => readFileSync(join(folder, file), 'utf8'),
    run: (...stages: readonly Stage[]) => runPipeline(workshop, pipelineOf(stages)),
    status: (...stages: readonly Stage[]) => pipelineStatus(workshop, pipelineOf(stages)),
    output: async (finished: Awaited<ReturnType<typeof runPipeline>>, name: string): Promise<string> =>
      (await workshop.store.read(finished.get(name)!.entry, 'result')).toString('utf8'),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
};

export type TinyPaper = ReturnType<typeof createTinyPaper>;

/** Names of the stages that ran. */
export const ranIn = (finished: Awaited<ReturnType<typeof runPipeline>>): readonly string[] =>
  [...finished].flatMap(([name, { ran }]) => (ran ? [name] : []));
