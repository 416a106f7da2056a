import type { z } from 'zod';
import type { Program } from '../keys/program.ts';
import type { Inputs, Outputs, StageDefinition } from './define-stage.ts';
import { PaperError } from './paper-error.ts';
import type { Replicated } from './replicate.ts';

/** What the engine needs of a definition; its `run` is only ever called inside the stage's own process. */
export type StageCode = Omit<StageDefinition, 'witness'> & {
  readonly witness?: {
    readonly parts: Readonly<Record<string, { readonly needsInputs: boolean }>>;
    readonly tolerance?: Readonly<Record<string, number>>;
  };
  /** How it is hashed and started when it is no bundle for Node. @throws before anything runs */
  readonly program?: (root: string) => Promise<Program>;
};

/** A stage too long for a build: its run is made by a command of its own, and kept in the repository. */
export interface Publication {
  /** The outputs that are kept; of the others, and of these, the record keeps digests. */
  readonly outputs: readonly string[];
  /** How long a run takes, for what errors say. */
  readonly expectedMs: number;
}

/** A file from outside the project. */
export interface ExternalFile {
  readonly path: string;
  /** The digest that its content must have; any content unless given. */
  readonly sha256?: string | undefined;
}

/** A stage's place in a paper's graph: its code, what feeds it, and its parameters as the author gave them. */
export interface Stage<O extends Outputs = Outputs> {
  readonly name: string;
  readonly code: StageCode & { readonly outputs: O };
  readonly inputs: Readonly<Record<string, Stage>>;
  readonly files: Readonly<Record<string, ExternalFile>>;
  readonly params: unknown;
  /** How many threads its process uses; part of a numeric stage's key, since sums depend on it. */
  readonly threads: number;
  readonly published?: Publication;
}

type StageWith<Names extends readonly string[]> = Stage<Readonly<Record<Names[number], string>>>;

type Connection<I extends Inputs, O extends Outputs, S extends z.ZodType, F extends readonly string[]> = {
  readonly threads?: number;
  readonly published?: Publication & { readonly outputs: readonly (keyof O & string)[] };
} & (keyof I extends never ? object : { readonly inputs: { readonly [K in keyof I]: StageWith<I[K]> } }) &
  (F[number] extends never ? object : { readonly files: { readonly [K in F[number]]: ExternalFile } }) &
  (Record<never, never> extends z.input<S>
    ? { readonly params?: z.input<S> }
    : { readonly params: z.input<S> });

/** Names become folders and files, here and on the page. */
const plainName = /^[a-z0-9]+([-.][a-z0-9]+)*$/;
const plainFile = /^[A-Za-z0-9][\w.-]*$/;

const badName = (stageName: string, what: string, received: string, expected: string): PaperError =>
  new PaperError('BadStageName', `stage '${stageName}' has ${what} that cannot be used: '${received}'.`, {
    details: [`expected ${expected}; received '${received}'`],
    hint: 'names become folders and files: rename it in pipeline.ts or in the definition.',
  });

/** 24 days: what a timer can wait for. (A product would stay in every stage's bundle, and so in its key.) */
const longestMinutes = 34_560;

const requireLimit = (name: string, minutes: number | undefined): void => {
  if (minutes === undefined || (minutes > 0 && minutes <= longestMinutes)) return;
  throw new PaperError('BadLimit', `the limit of stage '${name}' is no time to wait.`, {
    details: [`expected minutes above 0, ${longestMinutes} at most; received ${minutes}`],
    hint: 'give `limitMinutes` in its definition as a number, for example limitMinutes: 90.',
  });
};

/** What a definition reads is given, and nothing else: a compiler tells it, if it is asked. @throws BadInputs */
const requireGiven = (name: string, read: readonly string[], given: readonly string[]): void => {
  const lacking = read.find((input) => !given.includes(input));
  const unread = given.find((input) => !read.includes(input));
  if (lacking === undefined && unread === undefined) return;
  const listed = (names: readonly string[]): string => names.join(', ') || 'none';
  throw new PaperError(
    'BadInputs',
    lacking === undefined
      ? `stage '${name}' does not read the input '${unread}' that it is given.`
      : `stage '${name}' is not given its input '${lacking}'.`,
    {
      details: [`expected ${listed(read)}; received ${listed(given)}`],
      hint: `see \`stage('${name}', …)\` in pipeline.ts, and the inputs of its definition.`,
    },
  );
};

/** @throws BadStageName, DuplicateOutput, BadLimit, BadInputs */
const requireSound = ({ name, code, inputs: given }: Pick<Stage, 'name' | 'code' | 'inputs'>): void => {
  const { inputs, files = [], outputs, limitMinutes } = code;
  requireLimit(name, limitMinutes);
  if (!plainName.test(name)) throw badName(name, 'a name', name, 'lower-case words between - or .');
  // An input has a folder of its name, in which each output that is read of it has its own.
  const kinds = { 'an input': Object.keys(inputs), 'an output': Object.keys(outputs), 'a file': files };
  for (const [what, names] of Object.entries(kinds)) {
    for (const given of names) if (!plainFile.test(given)) throw badName(name, what, given, 'a plain name');
  }
  const owners = new Map<string, string>();
  for (const [output, file] of Object.entries(outputs)) {
    if (!plainFile.test(file)) throw badName(name, `a file for '${output}'`, file, 'a plain file name');
    const other = owners.get(file.toLowerCase());
    if (other !== undefined) {
      throw new PaperError('DuplicateOutput', `two outputs of stage '${name}' are the file '${file}'.`, {
        details: [`'${other}' and '${output}': the second one would replace the first`],
        hint: 'give each output of a definition a file name of its own.',
      });
    }
    owners.set(file.toLowerCase(), output);
  }
  requireGiven(name, Object.keys(inputs), Object.keys(given));
};

/** Where each stage was put into its graph, for what is found wrong with it later. */
const connections = new WeakMap<Stage, string>();

/** The stack with which a stage was put into its graph; empty of one that was put together by hand. */
export const connectionStack = (stage: Stage): string => connections.get(stage) ?? '';

/**
 * Puts a stage into the graph.
 *
 * @param name kebab-case, unique in the paper
 * @param definition its code, from `defineStage`
 * @param connection the stages that feed it (the compiler checks that they have the outputs it reads), and its
 * parameters; `published` if its run is kept in the repository
 * @throws BadStageName, DuplicateOutput, BadLimit, BadInputs
 */
export const stage = <I extends Inputs, O extends Outputs, S extends z.ZodType, F extends readonly string[]>(
  name: string,
  definition: StageDefinition<I, O, S, F>,
  connection: Connection<I, O, S, F>,
): Stage<O> => {
  const placed: Stage<O> = {
    name,
    code: definition as unknown as Stage<O>['code'],
    inputs: {},
    files: {},
    params: {},
    threads: 1,
    ...(connection as Partial<Pick<Stage, 'inputs' | 'files' | 'params' | 'threads' | 'published'>>),
  };
  requireSound(placed);
  connections.set(placed, new Error().stack ?? '');
  return placed;
};

/** One file of a stage. */
export interface StageFile {
  readonly stage: Stage;
  readonly output: string;
}

export const output = <O extends Outputs>(from: Stage<O>, name: keyof O & string): StageFile => ({
  stage: from as unknown as Stage,
  output: name,
});

type ResultOutput = { readonly result: string };
type ResultStage = Stage<ResultOutput>;

/** Code that answers what readers ask of published files, in their own browser (see src/explore). */
export interface ExplorationCode {
  /** `import.meta.url` of the file that exports the definition, under whatever name. */
  readonly module: string;
  readonly files: readonly string[];
}

/** An exploration's place in a paper's graph. */
export interface PlacedExploration {
  readonly code: ExplorationCode;
  /** What a reader can load it with, in words: each of its files by the path of a published one. */
  readonly sources: readonly { readonly label: string; readonly files: Readonly<Record<string, string>> }[];
}

/** A paper's graph: the stages whose `result` output holds results, and further files that are published. */
export interface Pipeline {
  readonly paper: string;
  /**
   * Whether everything is computed from committed files, so that the verdicts of its claims bind later builds.
   * What a build trains differs from machine to machine.
   */
  readonly locked: boolean;
  readonly results: readonly (ResultStage | Replicated<ResultOutput>)[];
  /** Path below the paper's folder in dist -> the file that is put there. */
  readonly files: Readonly<Record<string, StageFile>>;
  /** Those of the published files that the page offers, by the words for them. */
  readonly downloads?: readonly { readonly path: string; readonly label: string }[];
  /**
   * Tables that a reader's browser can compute anew, by id: `every` replicate of them, or the `first` alone. What
   * their stages read is made public with the pages.
   */
  readonly recomputable?: Readonly<Record<string, 'every' | 'first'>>;
  /** What readers can explore in their browser, by id. */
  readonly explorations?: Readonly<Record<string, PlacedExploration>>;
  /** The folder of what is published, relative to the project; `experiments/<paper>/published` unless given. */
  readonly published?: string;
  /** Which profile this graph is, and which others there are: for the remedies that errors name. */
  readonly profile?: { readonly name: string; readonly others: readonly string[] };
}

/** The profile as a command's flag, with the space that follows it; empty when the graph names none. */
export const profileFlag = ({ profile }: Pipeline): string => (profile ? `--profile ${profile.name} ` : '');

/** A stage that makes results, and which repetition of what it is; null where it is none. */
export interface ResultMember {
  readonly stage: ResultStage;
  readonly replicate: { readonly of: string; readonly seed: number } | null;
}

/** The stages that make a paper's results, one by one. */
export const resultMembers = ({ results }: Pick<Pipeline, 'results'>): readonly ResultMember[] =>
  results.flatMap((result): readonly ResultMember[] =>
    'replicates' in result
      ? result.replicates.map(({ seed, stage }) => ({ stage, replicate: { of: result.name, seed } }))
      : [{ stage: result, replicate: null }],
  );

/**
 * All stages of a paper, each after those that feed it.
 *
 * @param only these and what feeds them, instead of everything
 * @throws DuplicateStage when two different stages have one name; BadStageName, DuplicateOutput, BadLimit, BadInputs
 */
export const stagesInOrder = (
  pipeline: Pipeline,
  only: readonly Stage[] = [
    ...resultMembers(pipeline).map(({ stage }) => stage),
    ...Object.values(pipeline.files).map(({ stage }) => stage),
  ],
): readonly Stage[] => {
  const ordered = new Map<string, Stage>();
  const visit = (next: Stage): void => {
    const known = ordered.get(next.name);
    if (known === next) return;
    if (known) {
      const twice = new PaperError(
        'DuplicateStage',
        `two stages of ${pipeline.paper} are named '${next.name}'.`,
        { hint: 'a stage name is also its file and its id on the page: rename one in pipeline.ts.' },
      );
      throw Object.assign(twice, { stack: connectionStack(next) });
    }
    // Also of one that was put together by hand.
    requireSound(next);
    for (const input of Object.values(next.inputs)) visit(input);
    ordered.set(next.name, next);
  };
  for (const root of only) visit(root);
  return [...ordered.values()];
};
