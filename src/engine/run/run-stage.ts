import { constants, copyFileSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile } from '../keys/digest-of-file.ts';
import { fileChanged } from '../keys/external-file.ts';
import { canonicalJson } from '../keys/plain-json.ts';
import type { Program } from '../keys/program.ts';
import type { Outputs, Progress } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';
import { clearRun, partsOf } from './clear-abandoned-runs.ts';
import { onDisk } from './disk-error.ts';
import { withPlace } from './fault-place.ts';
import { nameOfProcess } from './process-identity.ts';
import { runProcess } from './stage-process.ts';
import type { StageManifest } from './stage-protocol.ts';
import { writeWhole } from './write-whole.ts';

export interface StageRun {
  /** The project's folder. */
  readonly root: string;
  /** Whose stage it is: two papers may have stages of one name. */
  readonly paper: string;
  readonly stage: Stage;
  readonly program: Program;
  readonly params: unknown;
  /** Digests of its files from outside the project, as its key has them. */
  readonly files: Readonly<Record<string, string>>;
  /** Replay these parts of its witness instead; the one output is then `witness`. */
  readonly witness?: readonly string[];
  /** As at another time, with other random seeds. */
  readonly otherwise?: boolean;
  /** Puts one input file at a path; undefined: the process gets no inputs. */
  readonly copyInput: ((input: string, output: string, path: string) => Promise<void>) | undefined;
  /** Below it: bundles, logs, checkpoints and the folder of the run under way. */
  readonly workFolder: string;
  /** Where what its process writes is kept; below `workFolder` unless given. */
  readonly logs?: string;
  /** Where checkpoints outlive a killed run; undefined: they do not. */
  readonly scratch?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /**
   * Takes the removal of a finished run's folder: a file system takes milliseconds for each folder in it, and the next
   * stage need not wait. Unless given, the run ends after it.
   */
  readonly meanwhile?: (removal: Promise<void>) => void;
}

const defaultLimitMinutes = 15;

let runs = 0;

/** What a kill leaves of a finished run's folder holds no checkpoints to save. */
const removeFinished = (folder: string): Promise<void> => {
  rmSync(partsOf(folder).keep, { force: true });
  return rm(folder, { recursive: true, force: true });
};

const requireOutputs = (
  { stage }: StageRun,
  files: Outputs,
  outputs: Readonly<Record<string, string>>,
): void => {
  for (const [name, path] of Object.entries(outputs)) {
    // A link is no output: what it leads to goes with the stage's scratch.
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) continue;
    if (found) {
      throw new PaperError(
        'OutputIsNoFile',
        `stage '${stage.name}' wrote its output '${name}' as no plain file.`,
        {
          details: [
            `expected the file ${files[name]}; received a ${found.isSymbolicLink() ? 'link' : 'folder or device'}`,
          ],
          hint: `write the content itself to \`outputs.${name}\`.`,
        },
      );
    }
    throw new PaperError(
      'OutputMissing',
      `stage '${stage.name}' ended well without writing its output '${name}'.`,
      {
        details: [`expected the file ${files[name]}`],
        hint: `write it to \`outputs.${name}\`, or take it out of the stage's definition.`,
      },
    );
  }
};

const putInputs = async (
  { stage, copyInput }: StageRun,
  folder: string,
): Promise<StageManifest['inputs']> => {
  const inputs: Record<string, Record<string, string>> = {};
  if (!copyInput) return inputs;
  for (const [input, names] of Object.entries(stage.code.inputs)) {
    // A folder an input: no two names can mean one path, and no upstream's file name is seen.
    mkdirSync(join(folder, input), { recursive: true });
    const paths: Record<string, string> = {};
    for (const name of names) {
      const path = join(folder, input, name);
      await copyInput(input, name, path);
      paths[name] = path;
    }
    inputs[input] = paths;
  }
  return inputs;
};

/** Copies, so that what is read is what was hashed. @throws FileChanged */
const putFiles = async ({ stage, files }: StageRun, folder: string): Promise<Record<string, string>> => {
  const paths: Record<string, string> = {};
  for (const [name, { path }] of Object.entries(stage.files)) {
    const copy = join(folder, name);
    await onDisk(folder, () => copyFileSync(path, copy, constants.COPYFILE_FICLONE));
    if (digestOfFile(copy) !== files[name]) throw fileChanged(path, files[name] ?? '', digestOfFile(copy));
    paths[name] = copy;
  }
  return paths;
};

const runOnce = async <T>(
  run: StageRun,
  use: (outputs: Record<string, string>) => Promise<T>,
): Promise<T> => {
  const { stage, program, workFolder, witness } = run;
  const label = witness ? `${stage.name}.witness` : stage.name;
  runs += 1;
  const folder = join(workFolder, 'runs', `${nameOfProcess()}.${runs}-${label}`);
  const parts = partsOf(folder);
  const logs = join(run.logs ?? join(workFolder, 'logs'), run.paper);
  const log = join(logs, `${label}.log`);
  const reads = [
    ...(Object.keys(stage.code.inputs).length > 0 ? [parts.inputs] : []),
    ...(Object.keys(stage.files).length > 0 ? [parts.files] : []),
  ];
  await onDisk(workFolder, () => {
    for (const path of [logs, ...reads, parts.outputs]) mkdirSync(path, { recursive: true });
    if (run.scratch !== undefined) {
      writeWhole(parts.keep, run.scratch);
      if (existsSync(run.scratch)) renameSync(run.scratch, parts.scratch);
    }
    mkdirSync(parts.scratch, { recursive: true });
  });
  let isFinished = false;
  try {
    const inputs = await putInputs(run, parts.inputs);
    const files: Outputs = witness ? { witness: 'witness.json' } : stage.code.outputs;
    const outputs = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, join(parts.outputs, file)]),
    );
    const external = await putFiles(run, parts.files);
    const manifest: StageManifest = {
      params: run.params,
      inputs,
      files: external,
      outputs,
      scratch: parts.scratch,
      done: join(parts.outputs, '.done'),
      error: join(parts.outputs, '.error'),
      ...(witness ? { witness } : {}),
    };
    const manifestPath = join(folder, 'manifest.json');
    await onDisk(folder, () => writeWhole(manifestPath, canonicalJson({ ...program.manifest, ...manifest })));
    const command = await program.command({
      manifest: manifestPath,
      folder,
      reads,
      writes: [parts.outputs, parts.scratch],
      threads: stage.code.kind === 'exact' ? 1 : stage.threads,
      ...(run.otherwise ? { otherwise: true } : {}),
    });
    const ran = runProcess({
      stageName: stage.name,
      command,
      channel: program.channel,
      folder,
      log,
      done: manifest.done,
      error: manifest.error,
      environment: { TMPDIR: parts.scratch, ...environmentOf(run) },
      limitMs: (stage.code.limitMinutes ?? defaultLimitMinutes) * 60_000,
      onProgress: run.onProgress,
      signal: run.signal,
    });
    await ran
      .then(() => requireOutputs(run, files, outputs))
      .catch(async (error) => {
        if (!(error instanceof PaperError)) throw error;
        throw await withPlace(error, run.root, stage, program, log);
      });
    const result = await use(outputs);
    isFinished = true;
    return result;
  } finally {
    if (!isFinished) clearRun(folder);
    else if (run.meanwhile) run.meanwhile(removeFinished(folder));
    else await removeFinished(folder);
  }
};

/**
 * Which kernels a library chooses where its own choice of the processor fails. Like the processor, provenance; a stage in
 * Node is given none of it, nor anything else of the user's environment.
 */
const processorSettings = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'];

/** What a stage is told of backend, threads and processor: an exact one, whose key has none of them, nothing. */
const environmentOf = ({ stage, program, environment }: StageRun): Readonly<Record<string, string>> => {
  if (stage.code.kind === 'exact') return {};
  const own = program.channel === 'files' ? processorSettings : [];
  return {
    ...Object.fromEntries(own.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    ...environment,
  };
};

const isCrash = (error: unknown): boolean =>
  error instanceof PaperError && error.name === 'StageKilled' && error.cause === 'SIGSEGV';

/**
 * Runs one stage, or replays its witness, in a process of its own: the hashed program, a scrubbed environment, its
 * declared inputs and nothing else. TensorFlow's threads can crash a process: one that crashed is run once more.
 *
 * @param use receives the paths of the finished outputs before their folder goes
 * @throws the stage's own PaperError; those of `runProcess` or OutputMissing otherwise
 */
export const runStage = async <T>(
  run: StageRun,
  use: (outputs: Record<string, string>) => Promise<T>,
): Promise<T> => {
  try {
    return await runOnce(run, use);
  } catch (error) {
    if (!isCrash(error)) throw error;
    return await runOnce(run, use);
  }
};
