import type { Workshop } from '../run/workshop.ts';
import type { Stage } from '../stage/pipeline.ts';
import { externalDigest } from './external-file.ts';
import { createFileDigests } from './file-digests.ts';
import { type Look, nodeProgram } from './node-program.ts';
import type { Program } from './program.ts';
import { type KeyRecord, keyRecord, type Platform, resolveParams, stageKey } from './stage-key.ts';

/** What a stage is today: its code, its parameters and its key. */
export interface StageIdentity {
  readonly program: Program;
  readonly params: unknown;
  readonly record: KeyRecord;
  readonly key: string;
}

/** A stage's identity, once its inputs' digests are known. */
export type Identify = (stage: Stage, inputs: KeyRecord['inputs']) => StageIdentity;

const programOf = (look: Look, { code }: Stage): Promise<Program> =>
  code.program?.(look.root) ?? nodeProgram(look, code);

/** Looks at all stages' code and files at once, before anything runs. */
export const identifyStages = async (
  { root, platform, reference }: Workshop,
  stages: readonly Stage[],
): Promise<Identify> => {
  const digests = createFileDigests();
  const shared = new Map();
  // What is published was made on the reference platform, and its keys name that one, wherever they are compared.
  const platformOf = ({ published }: Stage): Platform => (published ? reference : platform);
  const programs = new Map<Platform, Map<Stage['code']['run'], Promise<Program>>>();
  const known = new Map<
    Stage,
    { readonly program: Program; readonly params: unknown; readonly files: KeyRecord['files'] }
  >();
  for (const stage of stages) {
    const of = platformOf(stage);
    if (!programs.has(of)) programs.set(of, new Map());
    const ofPlatform = programs.get(of)!;
    const { run } = stage.code;
    if (!ofPlatform.has(run)) {
      ofPlatform.set(run, programOf({ root, digests, shared, compiled: of.compiled }, stage));
    }
    known.set(stage, {
      program: await ofPlatform.get(run)!,
      params: resolveParams(stage),
      files: Object.fromEntries(
        Object.entries(stage.files).map(([name, file]) => [name, externalDigest(stage, name, file, digests)]),
      ),
    });
  }
  return (stage, inputs) => {
    const { program, params, files } = known.get(stage) ?? {};
    if (!program || !files) throw new Error(`internal: '${stage.name}' was not looked at`);
    const record = keyRecord(stage, params, program, inputs, files, platformOf(stage));
    return { program, params, record, key: stageKey(record) };
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
