import { z } from 'zod';
import type { Outputs, StageKind } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';
import type { CodeClosure } from './code-closure.ts';
import { digestOf } from './digest.ts';

/** Library, version, precision mode: whatever decides the bits of a numeric stage besides its own code. */
export type BackendIdentity = Readonly<Record<string, string | number>>;

/** Everything that a stage's outputs depend on. Its digest is the stage's key; `status` compares two of them. */
export interface KeyRecord {
  /** Changes when the meaning of a record or of a stored entry does. */
  readonly schema: 1;
  readonly kind: StageKind;
  readonly code: string;
  readonly packages: readonly string[];
  readonly params: unknown;
  /** Input name -> output name -> content digest. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly outputs: Outputs;
  readonly backend: BackendIdentity | null;
}

/**
 * A stage's parameters, resolved by its own schema.
 *
 * @throws BadParameters naming the stage, the parameter and what was expected
 */
export const resolveParams = (stage: Stage): unknown => {
  const parsed = stage.code.params.safeParse(stage.params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') || 'params';
  throw new PaperError('BadParameters', `stage '${stage.name}' cannot use its parameter ${path}.`, {
    details: parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'params'}: ${message}`),
    hint: `see the schema beside '${stage.code.exportName}', and the value in the paper's config.ts.`,
    cause: z.prettifyError(parsed.error),
  });
};

export const keyRecord = (
  stage: Stage,
  params: unknown,
  closure: CodeClosure,
  packages: readonly string[],
  inputs: KeyRecord['inputs'],
  backend: BackendIdentity,
): KeyRecord => ({
  schema: 1,
  kind: stage.code.kind,
  code: closure.digest,
  packages,
  params,
  inputs,
  outputs: stage.code.outputs,
  backend: stage.code.kind === 'numeric' ? { ...backend, threads: stage.threads } : null,
});

export const stageKey = (record: KeyRecord): string => digestOf(record);

/** One way in which two records differ; `text` says it to its author. */
export interface KeyDifference {
  readonly what: 'schema' | 'code' | 'packages' | 'params' | 'inputs' | 'backend' | 'outputs' | 'kind';
  readonly text: string;
}

const packagesText = (before: KeyRecord, now: KeyRecord): string => {
  const changed = now.packages.find((line) => !before.packages.includes(line));
  if (!changed) return 'it reaches fewer packages';
  return `a package changed: ${changed.split(' ').slice(0, 2).join(' ').replace('node_modules/', '')}`;
};

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

const inputsText = (before: KeyRecord, now: KeyRecord): string => {
  const names = Object.keys({ ...now.inputs, ...before.inputs });
  const changed = names.find((name) => digestOf(before.inputs[name]) !== digestOf(now.inputs[name]));
  return `its input ${changed} ${changed && changed in now.inputs ? 'changed' : 'is no longer read'}`;
};

/** Every way in which a stage of today differs from one of yesterday, the most telling first. */
export const differences = (before: KeyRecord, now: KeyRecord): readonly KeyDifference[] => {
  const texts: Readonly<Record<KeyDifference['what'], () => string>> = {
    schema: () => 'the store is of an older version',
    code: () => 'its code changed',
    packages: () => packagesText(before, now),
    params: () => paramsText(before.params, now.params),
    inputs: () => inputsText(before, now),
    backend: () => 'the numeric backend changed',
    outputs: () => 'its outputs were renamed',
    kind: () => 'its kind changed',
  };
  return (Object.keys(texts) as KeyDifference['what'][]).flatMap((what) =>
    digestOf(before[what]) === digestOf(now[what]) ? [] : [{ what, text: texts[what]() }],
  );
};

/** The first reason why a stage's outputs of yesterday are not those of today. */
export const firstDifference = (before: KeyRecord, now: KeyRecord): string =>
  differences(before, now)[0]?.text ?? 'nothing changed';
