import type { Workshop } from '../run/workshop.ts';
import type { Stage } from '../stage/pipeline.ts';
import { atConnection } from './definition-place.ts';
import { digestOf } from './digest.ts';
import { externalDigest } from './external-file.ts';
import { createFileDigests } from './file-digests.ts';
import { type Look, nodeProgram } from './node-program.ts';
import type { Program } from './program.ts';
import { type KeyRecord, keyRecord, madeBy, type Platform, resolveParams, stageKey } from './stage-key.ts';

/** The inputs of a stage: input name -> output name -> content digest, or what stands for it. */
export interface StageInputs {
  /** Content digests, as they are here. */
  readonly content: KeyRecord['inputs'];
  /**
   * The same wherever they are made: what differs in its last digits from machine to machine is named by the key that
   * it has on the reference platform, anything else by its content.
   */
  readonly named: KeyRecord['inputs'];
}

/** What a stage is today: its code, its parameters and its key. */
export interface StageIdentity {
  readonly program: Program;
  readonly params: unknown;
  /** Of a published stage as any machine names it: its inputs are those of `named`. */
  readonly record: KeyRecord;
  readonly key: string;
  /** Content digests of its inputs, as they are here. */
  readonly inputs: KeyRecord['inputs'];
  /** What stands for its outputs in keys of published runs, where their bits differ from machine to machine. */
  readonly reference: string | undefined;
}

/** A stage's identity, once its inputs are known. */
export type Identify = (stage: Stage, inputs: StageInputs) => StageIdentity;

/**
 * Whether a stage's outputs are computed on this machine, by it or by what feeds it, with bits of the machine's own.
 *
 * @param known answers of before: many stages share what feeds them
 */
const dependsOnMachine = (stage: Stage, known: Map<Stage, boolean>): boolean => {
  const { code, published, inputs } = stage;
  const depends =
    known.get(stage) ??
    (!published &&
      (code.kind === 'numeric' || Object.values(inputs).some((input) => dependsOnMachine(input, known))));
  known.set(stage, depends);
  return depends;
};

const programOf = (look: Look, { code }: Stage): Promise<Program> =>
  code.program?.(look.root) ?? nodeProgram(look, code);

/** Looks at all stages' code and files at once, before anything runs. */
export const identifyStages = async (
  { root, platform, reference }: Workshop,
  stages: readonly Stage[],
): Promise<Identify> => {
  const digests = createFileDigests();
  const shared = new Map();
  // As a rule this machine has compiled what the reference platform has: programs are looked at once for both.
  const isAlike = digestOf(platform.compiled) === digestOf(reference.compiled);
  const compiledHere = isAlike ? reference.compiled : platform.compiled;
  const programs = new Map<Platform['compiled'], Map<Stage['code']['run'], Promise<Program>>>();
  const programFor = (stage: Stage, compiled: Platform['compiled']): Promise<Program> => {
    if (!programs.has(compiled)) programs.set(compiled, new Map());
    const ofPlatform = programs.get(compiled)!;
    const { run } = stage.code;
    if (!ofPlatform.has(run)) ofPlatform.set(run, programOf({ root, digests, shared, compiled }, stage));
    return ofPlatform.get(run)!;
  };
  const known = new Map<
    Stage,
    {
      readonly program: Program;
      /** As the reference platform has it, where keys of published runs may name the stage. */
      readonly referred: Program | undefined;
      readonly params: unknown;
      readonly files: KeyRecord['files'];
    }
  >();
  const ofMachine = new Map<Stage, boolean>();
  // The bundler works in a process of its own: while it waits for one bundle, it makes others. What is wrong is told below.
  for (const stage of stages) {
    programFor(stage, stage.published ? reference.compiled : compiledHere).catch(() => undefined);
  }
  for (const stage of stages) {
    known.set(stage, {
      // What is published was made on the reference platform, and its keys name that one, wherever they are compared.
      program: await programFor(stage, stage.published ? reference.compiled : compiledHere),
      referred: dependsOnMachine(stage, ofMachine) ? await programFor(stage, reference.compiled) : undefined,
      params: atConnection(root, stage, () => resolveParams(stage)),
      files: atConnection(root, stage, () =>
        Object.fromEntries(
          Object.entries(stage.files).map(([name, file]) => [
            name,
            externalDigest(stage, name, file, digests),
          ]),
        ),
      ),
    });
  }
  return (stage, { content, named }) => {
    const { program, referred, params, files } = known.get(stage) ?? {};
    if (!program || !files) throw new Error(`internal: '${stage.name}' was not looked at`);
    const record = stage.published
      ? keyRecord(stage, params, program, named, files, reference)
      : keyRecord(stage, params, program, content, files, platform);
    return {
      program,
      params,
      record,
      key: stageKey(record),
      inputs: content,
      reference: referred && stageKey(keyRecord(stage, params, referred, named, files, reference)),
    };
  };
};

/** What is known of a stage that has finished. */
interface Finished {
  readonly entry: { readonly digests: Readonly<Record<string, string>> };
  readonly reference: string | undefined;
}

/** @param finishedOf a stage that feeds this one, by its name */
export const inputsOf = (stage: Stage, finishedOf: (name: string) => Finished | undefined): StageInputs => {
  const by = (nameOf: (upstream: Finished, output: string) => string): KeyRecord['inputs'] =>
    Object.fromEntries(
      Object.entries(stage.code.inputs).map(([input, outputs]) => {
        const name = stage.inputs[input]?.name ?? '';
        const upstream = finishedOf(name);
        if (!upstream) throw new Error(`internal: '${stage.name}' came before its input '${name}'`);
        return [input, Object.fromEntries(outputs.map((output) => [output, nameOf(upstream, output)]))];
      }),
    );
  const digest = ({ entry }: Finished, output: string): string => entry.digests[output] ?? '';
  return {
    content: by(digest),
    named: by((upstream, output) =>
      upstream.reference === undefined ? digest(upstream, output) : madeBy(upstream.reference),
    ),
  };
};
