import { z } from 'zod';
import type { CodeClosure } from './code-closure.ts';
import type { Outputs, StageKind } from './define-stage.ts';
import { digestOf } from './digest.ts';
import { PaperError } from './paper-error.ts';
import type { Stage } from './pipeline.ts';

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

/** The first reason why a stage's outputs of yesterday are not those of today, in words for its author. */
export const firstDifference = (before: KeyRecord, now: KeyRecord): string => {
  if (before.schema !== now.schema) return 'the store is of an older version';
  if (before.code !== now.code) return 'its code changed';
  const changed = now.packages.find((line) => !before.packages.includes(line));
  if (changed)
    return `a package changed: ${changed.split(' ').slice(0, 2).join(' ').replace('node_modules/', '')}`;
  if (before.packages.length !== now.packages.length) return 'it reaches fewer packages';
  if (digestOf(before.params) !== digestOf(now.params)) {
    const earlier = before.params as Readonly<Record<string, unknown>>;
    const entries = Object.entries((now.params ?? {}) as Readonly<Record<string, unknown>>);
    const entry = entries.find(([name, value]) => digestOf(value) !== digestOf(earlier?.[name]));
    return entry
      ? `parameter ${entry[0]} changed from ${JSON.stringify(earlier?.[entry[0]])} to ${JSON.stringify(entry[1])}`
      : 'its parameters changed';
  }
  for (const [name, digests] of Object.entries(now.inputs)) {
    if (digestOf(before.inputs[name]) !== digestOf(digests)) return `its input ${name} changed`;
  }
  if (digestOf(before.backend) !== digestOf(now.backend)) return 'the numeric backend changed';
  return 'its outputs were renamed';
};
