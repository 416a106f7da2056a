import { z } from 'zod';
import type { Outputs, StageKind } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';
import { digestOf } from './digest.ts';
import { canonicalJson, notPlain } from './plain-json.ts';
import type { Program } from './program.ts';

/** Library, version, precision mode: whatever decides the bits of a numeric stage besides its own code. */
export type BackendIdentity = Readonly<Record<string, string | number>>;

/** A machine's programs, as keys name them. */
export interface Platform {
  readonly backend: BackendIdentity;
  /** Version of Node. */
  readonly node: string;
  /** Name in `import.meta.resolve` -> digest of what a file is compiled from, where its bytes depend on the compiler. */
  readonly compiled: Readonly<Record<string, string>>;
}

/** Everything that a stage's outputs depend on. Its digest is the stage's key; `status` compares two of them. */
export interface KeyRecord {
  /** Changes when the meaning of a record or of a stored entry does. */
  readonly schema: 2;
  readonly kind: StageKind;
  /** Digest of the program. */
  readonly code: string;
  readonly params: unknown;
  /** Input name -> output name -> content digest, or `madeBy`. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Files from outside the project: name -> content digest. */
  readonly files: Readonly<Record<string, string>>;
  /** Native addons and packages' data: name in the code -> digest. */
  readonly native: Readonly<Record<string, string>>;
  readonly outputs: Outputs;
  readonly backend: BackendIdentity | null;
  readonly node: string;
}

const valueAt = (of: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<PropertyKey, unknown> | undefined)?.[key], of);

/**
 * A stage's parameters, resolved by its own schema, in their one spelling.
 *
 * @throws BadParameters naming the stage, the parameter and what was expected
 */
export const resolveParams = (stage: Stage): unknown => {
  const parsed = stage.code.params.safeParse(stage.params);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') || 'params';
    throw new PaperError('BadParameters', `stage '${stage.name}' cannot use its parameter ${path}.`, {
      details: parsed.error.issues.map(({ path: at, message }) => {
        const received = JSON.stringify(valueAt(stage.params, at)) ?? 'nothing';
        return `${at.join('.') || 'params'}: ${message}; received ${received.slice(0, 60)}`;
      }),
      hint: 'give it another value where the stage is connected, or mend `params`, the schema of its definition.',
      cause: z.prettifyError(parsed.error),
    });
  }
  const found = notPlain(parsed.data);
  if (found) {
    const path = found.at || 'params';
    throw new PaperError('BadParameters', `stage '${stage.name}' cannot use its parameter ${path}.`, {
      details: [`${path}: expected what JSON can say, received ${found.what}`],
      hint: 'parameters reach a stage, and its key, as JSON: give a Map as an object or as pairs, a RegExp as its source, a Set as an array.',
    });
  }
  return JSON.parse(canonicalJson(parsed.data));
};

export const keyRecord = (
  stage: Stage,
  params: unknown,
  program: Program,
  inputs: KeyRecord['inputs'],
  files: KeyRecord['files'],
  { backend, node }: Platform,
): KeyRecord => ({
  schema: 2,
  kind: stage.code.kind,
  code: program.digest,
  params,
  inputs,
  files,
  native: program.native,
  outputs: stage.code.outputs,
  backend: stage.code.kind === 'numeric' ? { ...backend, threads: stage.threads } : null,
  node,
});

const madeByPrefix = 'made by ';

/** What stands in keys of published runs for an output whose last digits are each machine's own: the key that makes it. */
export const madeBy = (key: string): string => `${madeByPrefix}${key}`;

export const isMadeBy = (name: string | undefined): boolean => name?.startsWith(madeByPrefix) ?? false;

export const stageKey = (record: KeyRecord): string => digestOf(record);

/** One way in which two records differ; `text` says it to its author. */
export interface KeyDifference {
  readonly what: Exclude<keyof KeyRecord, 'schema'> | 'schema';
  readonly text: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first parameter that differs, by its path. */
const paramsText = (before: unknown, now: unknown, path = ''): string => {
  if (isObject(before) && isObject(now)) {
    const name = Object.keys({ ...now, ...before }).find(
      (candidate) => digestOf(before[candidate]) !== digestOf(now[candidate]),
    );
    if (name) return paramsText(before[name], now[name], path === '' ? name : `${path}.${name}`);
  }
  const [from, to] = [before, now].map((value) => JSON.stringify(value) ?? 'nothing');
  return `parameter ${path} changed from ${from} to ${to}`;
};

/** The first member that differs. */
const changedMember = (
  before: Readonly<Record<string, unknown>> = {},
  now: Readonly<Record<string, unknown>> = {},
): string | undefined =>
  Object.keys({ ...now, ...before }).find((name) => digestOf(before[name]) !== digestOf(now[name]));

const inputsText = (before: KeyRecord, now: KeyRecord, isReadAgain?: boolean): string => {
  const changed = changedMember(before.inputs, now.inputs) ?? '';
  if (!(changed in now.inputs)) return `its input ${changed} is no longer read`;
  const names = [before, now].flatMap(({ inputs = {} }) => Object.values(inputs[changed] ?? {}));
  if (!names.some(isMadeBy)) return `its input ${changed} changed`;
  const gives = isReadAgain ? ', and gives what the run read' : ', and gives here what the run did not read';
  return `what makes its input ${changed} changed${isReadAgain === undefined ? '' : gives}`;
};

/** Source file -> digest without comments and layout. */
export type Sources = Readonly<Record<string, string>>;

const codeText = (before: Sources | undefined, now: Sources | undefined): string => {
  if (!before || !now) return 'its code changed';
  const files = Object.keys({ ...before, ...now }).filter((file) => before[file] !== now[file]);
  if (files.length === 0) return 'its code changed: packages, or the program that starts it';
  const [first, ...others] = files.sort();
  return others.length === 0
    ? `${first} changed`
    : `${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'} changed`;
};

/** What besides two records tells how they differ. */
interface Known {
  readonly before?: Sources | undefined;
  readonly now?: Sources | undefined;
  /** Whether its inputs have the content of before, whatever makes them. */
  readonly isReadAgain?: boolean;
}

/** Every way in which a stage of today differs from one of yesterday, the most telling first. */
export const differences = (
  before: KeyRecord,
  now: KeyRecord,
  known: Known = {},
): readonly KeyDifference[] => {
  const texts: Readonly<Record<KeyDifference['what'], () => string>> = {
    schema: () => 'its key is of an older form',
    code: () => codeText(known.before, known.now),
    params: () => paramsText(before.params, now.params),
    files: () => `the content of its file ${changedMember(before.files, now.files)} changed`,
    native: () => `${changedMember(before.native, now.native)} changed`,
    backend: () => 'the numeric backend changed',
    node: () => `Node changed from ${before.node} to ${now.node}`,
    // After those: they change what makes the inputs too.
    inputs: () => inputsText(before, now, known.isReadAgain),
    outputs: () => 'its outputs were renamed',
    kind: () => 'its kind changed',
  };
  return (Object.keys(texts) as KeyDifference['what'][]).flatMap((what) =>
    digestOf(before[what]) === digestOf(now[what]) ? [] : [{ what, text: texts[what]() }],
  );
};

/** The first reason why a stage's outputs of yesterday are not those of today. */
export const firstDifference = (...records: Parameters<typeof differences>): string =>
  differences(...records)[0]?.text ?? 'nothing changed';
