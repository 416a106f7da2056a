import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { sha256 } from '../../src/engine/keys/sha256.ts';
import { pythonStage } from '../../src/engine/python/python-stage.ts';
import type { Inputs, Outputs, StageKind } from '../../src/engine/stage/define-stage.ts';
import {
  stage as connect,
  type Pipeline,
  type Publication,
  type Stage,
} from '../../src/engine/stage/pipeline.ts';

/** What a paper's pipeline.ts says besides the files: everything that a mutation may change there. */
export interface Wiring {
  readonly params: unknown;
  readonly schema: z.ZodType;
  /** Path of the external file, relative to the project. */
  readonly numbers: string;
  readonly sourceOutputs: Outputs;
  readonly middle: string;
  /** The inputs of `total`: name -> stage and its output. */
  readonly total: readonly (readonly [name: string, stage: string, output: string])[];
  readonly steps: number;
  /** A parameter of what a published run reads. */
  readonly unit: number;
  readonly threads: number;
  readonly nativeKind: StageKind;
  readonly limitMinutes: number;
  readonly backend: string;
  readonly node: string;
  /** What an addon is compiled from on each machine. */
  readonly compiled: string;
}

const sourceParams = (by: number): z.ZodType =>
  z.strictObject({
    shift: z.union([z.number(), z.string()]),
    list: z.array(z.number()),
    nested: z.strictObject({ a: z.number(), b: z.number() }),
    by: z.number().default(by),
  });

export const plainWiring: Wiring = {
  params: { shift: 1, list: [1, 2], nested: { a: 1, b: 2 } },
  schema: sourceParams(5),
  numbers: 'outside/numbers.txt',
  sourceOutputs: { result: 'source.json', other: 'other.txt' },
  middle: 'middle',
  total: [
    ['middle', 'middle', 'result'],
    ['native', 'native', 'result'],
    ['packaged', 'packaged', 'result'],
    ['schemed', 'schemed', 'result'],
    ['scripted', 'scripted', 'result'],
    ['source', 'source', 'result'],
    ['trained', 'trained', 'result'],
  ],
  steps: 20,
  unit: 1,
  threads: 1,
  nativeKind: 'numeric',
  limitMinutes: 5,
  backend: 'one',
  node: '22.0.0',
  compiled: 'one source',
};

/** Of the stages in Python, relative to what defines them. */
export const pythonScripts: Readonly<Record<string, string>> = { scripted: './scripted/main.py' };

export const otherDefault = sourceParams(6);

interface Piece {
  readonly module?: string;
  readonly inputs?: Readonly<Record<string, Stage>>;
  readonly reads?: Inputs;
  readonly outputs?: Outputs;
  readonly kind?: StageKind;
  readonly schema?: z.ZodType;
  readonly params?: unknown;
  readonly files?: Stage['files'];
  readonly threads?: number;
  readonly limitMinutes?: number;
  readonly published?: Publication;
}

/** The pipeline of a project, its definitions loaded from its own modules. */
export const wirePipeline = async (root: string, wiring: Wiring): Promise<Pipeline> => {
  const stage = async (name: string, piece: Piece = {}): Promise<Stage> => {
    const { inputs = {}, outputs = { result: `${name}.json` } } = piece;
    const file = join(root, 'paper', `${piece.module ?? name}.ts`);
    // By its content too: a module is loaded once under one address, and an edited schema is the parent's to read.
    const module = `${pathToFileURL(file).href}?${sha256(readFileSync(file))}`;
    const { tiny } = await import(module);
    return {
      name,
      code: {
        kind: piece.kind ?? 'exact',
        inputs: piece.reads ?? Object.fromEntries(Object.keys(inputs).map((input) => [input, ['result']])),
        outputs,
        params: piece.schema ?? z.strictObject({}),
        ...(piece.limitMinutes ? { limitMinutes: piece.limitMinutes } : {}),
        ...tiny,
        module,
      },
      inputs,
      files: piece.files ?? {},
      params: piece.params ?? {},
      threads: piece.threads ?? 1,
      ...(piece.published ? { published: piece.published } : {}),
    };
  };
  const source = await stage('source', {
    params: wiring.params,
    schema: wiring.schema,
    outputs: wiring.sourceOutputs,
    limitMinutes: wiring.limitMinutes,
    files: { numbers: { path: join(root, wiring.numbers) } },
  });
  const data = await stage('data');
  // What each machine computes for itself, for a run that is published.
  const scaled = await stage('scaled', {
    kind: 'numeric',
    inputs: { data },
    schema: z.strictObject({ unit: z.number() }),
    params: { unit: wiring.unit },
  });
  const stages: Readonly<Record<string, Stage>> = {
    source,
    data,
    middle: await stage('middle', { module: wiring.middle, inputs: { source } }),
    packaged: await stage('packaged'),
    schemed: await stage('schemed', { params: { height: 97 } }),
    scripted: connect(
      'scripted',
      pythonStage({
        module: pathToFileURL(join(root, 'paper', 'scripted.ts')).href,
        script: pythonScripts.scripted!,
        kind: 'exact',
        inputs: {},
        outputs: { result: 'scripted.json' },
        params: z.strictObject({}),
      }),
      {},
    ) as unknown as Stage,
    native: await stage('native', { kind: wiring.nativeKind, threads: wiring.threads }),
    trained: await stage('trained', {
      kind: 'numeric',
      inputs: { scaled },
      schema: z.strictObject({ steps: z.number() }),
      params: { steps: wiring.steps },
      published: { outputs: ['result'], expectedMs: 3_600_000 },
    }),
  };
  const total = await stage('total', {
    inputs: Object.fromEntries(wiring.total.map(([name, from]) => [name, stages[from]!])),
    reads: Object.fromEntries(wiring.total.map(([name, , output]) => [name, [output]])),
  });
  return {
    paper: 'tiny',
    locked: false,
    results: [total] as unknown as Pipeline['results'],
    files: {},
    published: 'published',
    profile: { name: 'paper', others: [] },
  };
};
