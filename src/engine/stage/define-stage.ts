import type { z } from 'zod';

/** `exact` stages give equal digests on any machine; `numeric` ones only on one machine class. */
export type StageKind = 'exact' | 'numeric';

/** Output name -> file name inside the stage's output folder. */
export type Outputs = Readonly<Record<string, string>>;

/** Input name -> names of the upstream outputs that the stage reads. */
export type Inputs = Readonly<Record<string, readonly string[]>>;

/** As many inputs as there are names, each read for the same outputs: for a stage over all of a kind. */
export const alikeInputs = <F extends string>(
  names: readonly string[],
  ...outputs: readonly F[]
): Readonly<Record<string, readonly F[]>> => Object.fromEntries(names.map((name) => [name, outputs]));

/** A measure of a long stage's progress; the runner shows a bar on a terminal, lines elsewhere. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** For example `{ loss: '5.123', 'tokens/s': '9100' }`, printed in order. */
  readonly figures?: Readonly<Record<string, string>>;
}

interface PlainContext<I extends Inputs, O extends Outputs, P> {
  readonly params: P;
  /** Absolute paths of the declared input files. */
  readonly inputs: { readonly [K in keyof I]: { readonly [N in I[K][number]]: string } };
  /** Absolute paths to write; every one must exist when `run` returns. */
  readonly outputs: { readonly [K in keyof O]: string };
  /** A folder that outlives a killed run of the same key: for checkpoints. Emptied after success. */
  readonly scratch: string;
  readonly report: (progress: Progress) => void;
}

/** What a running stage may touch: its parameters, its inputs' files, its outputs, and nothing else. */
export type StageContext<
  I extends Inputs,
  O extends Outputs,
  P,
  F extends readonly string[] = never[],
> = PlainContext<I, O, P> &
  ([F[number]] extends [never]
    ? object
    : {
        /** Absolute paths of files from outside the project; their content is part of the key, their path is not. */
        readonly files: { readonly [N in F[number]]: string };
      });

/** What a witness saw at one place of its run: figures, and digests of tensors or files, each by name. */
export interface WitnessMark {
  /** For example `step 3`; unique in its part. */
  readonly at: string;
  readonly numbers: Readonly<Record<string, number>>;
  /** Of bits that are equal on one machine class alone. */
  readonly digests: Readonly<Record<string, string>>;
  /** Of what is equal on any machine. */
  readonly exact?: Readonly<Record<string, string>> | undefined;
}

/** One short deterministic run of the stage's own code; `scratch` is empty and its own. */
export type WitnessPart<I extends Inputs, P, F extends readonly string[] = never[]> =
  | {
      readonly needsInputs: true;
      readonly run: (
        context: Omit<StageContext<I, Outputs, P, F>, 'outputs'>,
      ) => readonly WitnessMark[] | Promise<readonly WitnessMark[]>;
    }
  | {
      /** Such a part is replayed without running what feeds the stage. */
      readonly needsInputs: false;
      readonly run: (
        context: Omit<StageContext<I, Outputs, P, F>, 'outputs' | 'inputs' | 'files'>,
      ) => readonly WitnessMark[] | Promise<readonly WitnessMark[]>;
    };

/**
 * Short runs that pass through everything that a long run does. Kept with what is published, and replayed with
 * later code: equal marks show that the long run need not be made again.
 */
export interface WitnessDefinition<I extends Inputs, P, F extends readonly string[] = never[]> {
  /** Part id -> the part, in the order of replay. */
  readonly parts: Readonly<Record<string, WitnessPart<I, P, F>>>;
  /** Number name -> the largest absolute difference between machine classes; none: equal everywhere. */
  readonly tolerance: Readonly<Record<string, number>>;
}

export interface StageDefinition<
  I extends Inputs = Inputs,
  O extends Outputs = Outputs,
  S extends z.ZodType = z.ZodType,
  F extends readonly string[] = readonly string[],
> {
  /** `import.meta.url` of the file that exports the definition, under whatever name. */
  readonly module: string;
  readonly kind: StageKind;
  readonly inputs: I;
  /** Names of files from outside the project that it reads; `stage()` gives their paths. */
  readonly files?: F;
  readonly outputs: O;
  readonly params: S;
  /** Minutes after which a run has no end and is ended; 15 unless given. Not part of the key. */
  readonly limitMinutes?: number;
  readonly run: (context: StageContext<I, O, z.output<S>, F>) => void | Promise<void>;
  readonly witness?: WitnessDefinition<I, z.output<S>, F>;
}

/**
 * The code of a stage: a pure function from input files and parameters to output files. It never imports
 * the configuration; `pipeline.ts` connects it to its inputs and gives it its parameters.
 */
export const defineStage = <
  const I extends Inputs,
  const O extends Outputs,
  S extends z.ZodType,
  const F extends readonly string[] = [],
>(
  definition: StageDefinition<I, O, S, F>,
): StageDefinition<I, O, S, F> => definition;
