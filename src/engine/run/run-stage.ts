import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { CodeClosure } from '../keys/code-closure.ts';
import type { Outputs, Progress } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';
import { processLives } from './process-lives.ts';
import type { StageManifest, StageMessage, TransportedError } from './stage-protocol.ts';

export interface StageRun {
  readonly stage: Stage;
  readonly closure: CodeClosure;
  readonly params: unknown;
  /** Replay these parts of its witness instead; the one output is then `witness`. */
  readonly witness?: readonly string[];
  /** Copies one input file to a path; undefined: the process gets no inputs. */
  readonly copyInput: ((input: string, output: string, path: string) => Promise<void>) | undefined;
  /** Below it: bundles, logs, checkpoints and the folder of the run under way. */
  readonly workFolder: string;
  /** Survives a killed run of the same key. */
  readonly scratch: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** Only what a process needs to start; the rest of the user's environment must not change a result. */
const scrubbed = (): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'GLIBC_TUNABLES']
      .concat(Object.keys(process.env).filter((name) => name.startsWith('MALLOC_')))
      .flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );

/** Removes what builds that were killed left of their running stages; checkpoints lie elsewhere and stay. */
export const clearAbandonedRuns = async (workFolder: string): Promise<void> => {
  const folder = join(workFolder, 'runs');
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    if (!processLives(Number.parseInt(name, 10)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
};

const failure = (
  stage: Stage,
  log: string,
  exit: { signal: string | undefined; code: number | undefined },
) =>
  exit.signal
    ? new PaperError('StageKilled', `stage '${stage.name}' was ended by ${exit.signal}.`, {
        details: [`its output is in ${log}`],
        cause: exit.signal,
        hint: 'the system ends a process so when memory runs out; run the same command again: a training goes on from its last checkpoint.',
      })
    : new PaperError('StageFailed', `stage '${stage.name}' stopped with exit code ${exit.code}.`, {
        details: [`its output, with the program's stack, is in ${log}`],
        hint: "this is a fault in the stage's code, not in what it was given; the log names the line.",
      });

const toldBy = (stage: Stage, { name, message, hint, where, details }: TransportedError): PaperError =>
  new PaperError(name, message, {
    hint,
    where: where ?? undefined,
    details: [...details, `in stage '${stage.name}'`],
  });

const runOnce = async <T>(
  run: StageRun,
  use: (outputs: Record<string, string>) => Promise<T>,
): Promise<T> => {
  const { stage, closure, workFolder, copyInput, witness } = run;
  const label = witness ? `${stage.name}.witness` : stage.name;
  for (const folder of ['bundles', 'logs', 'runs'])
    await mkdir(join(workFolder, folder), { recursive: true });
  await mkdir(run.scratch, { recursive: true });
  const folder = await mkdtemp(join(workFolder, 'runs', `${process.pid}-${label}-`));
  const log = join(workFolder, 'logs', `${label}.log`);
  try {
    const bundle = join(workFolder, 'bundles', `${closure.digest}.mjs`);
    await writeFile(bundle, closure.bundle);
    const inputs: Record<string, Record<string, string>> = {};
    for (const [input, names] of Object.entries(copyInput ? stage.code.inputs : {})) {
      const paths: Record<string, string> = {};
      for (const name of names) {
        const file = stage.inputs[input]?.code.outputs[name] ?? name;
        const path = join(folder, `${input}.${file}`);
        await copyInput?.(input, name, path);
        paths[name] = path;
      }
      inputs[input] = paths;
    }
    const files: Outputs = witness ? { witness: 'witness.json' } : stage.code.outputs;
    const outputs = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, join(folder, file)]),
    );
    const manifest: StageManifest = {
      params: run.params,
      inputs,
      outputs,
      scratch: run.scratch,
      ...(witness ? { witness } : {}),
    };
    const manifestPath = join(folder, 'manifest.json');
    await writeFile(manifestPath, JSON.stringify(manifest));

    let told: PaperError | undefined;
    const child = execa(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--disable-warning=DEP0051', bundle, manifestPath],
      {
        cwd: folder,
        extendEnv: false,
        env: { ...scrubbed(), TZ: 'UTC', LC_ALL: 'C.UTF-8', ...run.environment },
        ipc: true,
        buffer: false,
        reject: false,
        stdin: 'ignore',
        stdout: { file: log },
        stderr: { file: log },
        cancelSignal: run.signal,
        forceKillAfterDelay: 2000,
      },
    );
    const listening = (async () => {
      for await (const message of child.getEachMessage()) {
        const received = message as unknown as StageMessage;
        if (received.type === 'progress') run.onProgress(received.progress);
        else told = toldBy(stage, received.error);
      }
    })();
    const result = await child;
    await listening;
    if (told) throw told;
    if (result.exitCode !== 0) throw failure(stage, log, { signal: result.signal, code: result.exitCode });
    for (const [name, path] of Object.entries(outputs)) {
      if (existsSync(path)) continue;
      throw new PaperError(
        'OutputMissing',
        `stage '${stage.name}' ended well without writing its output '${name}'.`,
        {
          details: [`expected the file ${files[name]}`],
          hint: `write it to \`outputs.${name}\`, or take it out of the definition of '${stage.code.exportName}'.`,
        },
      );
    }
    return await use(outputs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const isCrash = (error: unknown): boolean =>
  error instanceof PaperError && error.name === 'StageKilled' && error.cause === 'SIGSEGV';

/**
 * Runs one stage, or replays its witness, in a process of its own: the hashed bundle, a scrubbed environment, copies of its inputs.
 * TensorFlow's threads can crash a process that is about to end: one that crashed is run once more.
 *
 * @param use receives the paths of the finished outputs before their folder goes
 * @throws the stage's own PaperError; StageFailed, StageKilled or OutputMissing otherwise
 */
export const runStage = async <T>(
  run: StageRun,
  use: (outputs: Record<string, string>) => Promise<T>,
): Promise<T> => {
  try {
    return await runOnce(run, use);
  } catch (error) {
    if (!isCrash(error)) throw error;
    // A training goes on from its checkpoint; a replay begins anew, or it would not replay.
    if (run.witness) await rm(run.scratch, { recursive: true, force: true });
    return await runOnce(run, use);
  }
};
