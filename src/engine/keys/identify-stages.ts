import type { Workshop } from '../run/workshop.ts';
import type { Stage } from '../stage/pipeline.ts';
import { type CodeClosure, closureFor, codeClosures } from './code-closure.ts';
import { packageClosure, readPackageLock } from './package-closure.ts';
import { type KeyRecord, keyRecord, resolveParams, stageKey } from './stage-key.ts';

/** What a stage is today: its code, its parameters and its key. */
export interface StageIdentity {
  readonly closure: CodeClosure;
  readonly params: unknown;
  readonly record: KeyRecord;
  readonly key: string;
}

/** Bundles all stages' code at once; a stage's identity then follows from its inputs' digests. */
export const identifyStages = async (
  { root, backend, referenceBackend }: Workshop,
  stages: readonly Stage[],
): Promise<(stage: Stage, inputs: KeyRecord['inputs']) => StageIdentity> => {
  const closures = await codeClosures(
    root,
    stages.map(({ code }) => code),
  );
  const lock = readPackageLock(root);
  return (stage, inputs) => {
    const closure = closureFor(closures, stage.code);
    const params = resolveParams(stage);
    const packages = packageClosure(lock, closure.packages);
    const by = stage.published ? referenceBackend : backend;
    const record = keyRecord(stage, params, closure, packages, inputs, by);
    return { closure, params, record, key: stageKey(record) };
  };
};

/** @param digestsOf the output digests of a stage that feeds this one */
export const inputDigests = (
  stage: Stage,
  digestsOf: (name: string) => Readonly<Record<string, string>> | undefined,
): KeyRecord['inputs'] =>
  Object.fromEntries(
    Object.entries(stage.code.inputs).map(([input, names]) => {
      const upstream = stage.inputs[input]?.name ?? '';
      const digests = digestsOf(upstream);
      if (!digests) throw new Error(`internal: '${stage.name}' came before its input '${upstream}'`);
      return [input, Object.fromEntries(names.map((name) => [name, digests[name] ?? '']))];
    }),
  );
