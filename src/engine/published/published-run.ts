import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../keys/sha256.ts';
import { isMadeBy, type KeyRecord, stageKey } from '../keys/stage-key.ts';
import { lockKey } from '../run/key-lock.ts';
import { restoreFolder } from '../run/swap-folder.ts';
import { type Workshop, workFolder } from '../run/workshop.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Pipeline, Stage } from '../stage/pipeline.ts';

const digests = z.record(z.string(), z.string());
const machine = z.record(z.string(), z.unknown());

const attestationSchema = z.strictObject({
  /** The key of before and the one that holds since. */
  from: z.string(),
  to: z.string(),
  when: z.iso.datetime(),
  machine,
  /** Parts of the witness that were replayed; none where the whole run was made again. */
  parts: z.array(z.string()),
  /** Parts that the witness had not, and that were added as this code plays them. */
  added: z.array(z.string()).optional(),
  by: z.enum(['equal bits', 'tolerance', 'the same outputs']),
  /** What had changed. */
  reason: z.string(),
});

/** One replay of a witness that showed that later code still does what made the run. */
export type Attestation = z.infer<typeof attestationSchema>;

const schema = 1;

const recordSchema = z.strictObject({
  schema: z.literal(schema),
  /** The key and the key's record that hold now: those of the run, or of its last attestation. */
  key: z.string(),
  record: z.custom<KeyRecord>((value) => typeof value === 'object' && value !== null),
  /** Content digests of the inputs that the run read; without them its record, of an older form, has those. */
  inputs: z.record(z.string(), digests).optional(),
  /** Source file -> digest without comments and layout: names the file when code changes. */
  sources: digests,
  /** Output name -> sha256, kept or not. */
  outputs: digests,
  /** Names of the outputs whose files lie beside the record. */
  kept: z.array(z.string()),
  /** How the run came about; never changes. `when` is the time of publishing. */
  made: z.strictObject({
    key: z.string(),
    when: z.iso.datetime(),
    durationMs: z.number(),
    machine,
    backend: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  }),
  /** Digest of witness.json, and where it was made; parts that were added later may be of other machines. */
  witness: z
    .strictObject({ digest: z.string(), machine, machines: z.record(z.string(), machine).optional() })
    .nullable(),
  attestations: z.array(attestationSchema),
});

/** `record.json`: what is known of a published run. */
export type PublishedRecord = z.infer<typeof recordSchema>;

/** Content digests of the inputs that a published run read. */
export const inputsOfRun = ({ inputs, record }: PublishedRecord): KeyRecord['inputs'] =>
  inputs ?? record.inputs;

/** What in a record does not fit together, as when two versions of it were merged by hand; undefined when all does. */
const contradiction = (run: PublishedRecord): string | undefined => {
  const { key, record, outputs, kept } = run;
  if (stageKey(record) !== key) return 'its key is not that of what it says of the run';
  const read = inputsOfRun(run);
  for (const [input, named] of Object.entries(record.inputs)) {
    for (const [output, name] of Object.entries(named)) {
      const content = read[input]?.[output];
      if (content === undefined || isMadeBy(content) || !(isMadeBy(name) || name === content)) {
        return `it does not tell what the run read as its input ${input}`;
      }
    }
  }
  const known = Object.keys(record.outputs);
  const isWhole =
    known.every((output) => output in outputs) && kept.every((output) => known.includes(output));
  return isWhole ? undefined : 'it does not tell all outputs of the run';
};

/** The record as it is written. */
export const recordText = (record: PublishedRecord): string => `${JSON.stringify(record, null, 1)}\n`;

/** Where a published run lies, and where it is put together and swapped. */
export interface PublishedPlace {
  readonly folder: string;
  readonly aside: string;
  readonly before: string;
  readonly lock: string;
}

/** @returns the place of a stage's published run, whether or not it has one */
export const publishedPlace = (
  workshop: Pick<Workshop, 'root'>,
  pipeline: Pipeline,
  stage: Stage,
): PublishedPlace => {
  const below = pipeline.published ?? join('experiments', pipeline.paper, 'published');
  const aside = join(workFolder(workshop), 'published', below, stage.name);
  return {
    folder: join(workshop.root, below, stage.name),
    aside: `${aside}.made`,
    before: `${aside}.before`,
    lock: `${aside}.lock`,
  };
};

const damaged = (stage: Stage, path: string, reason: string): PaperError =>
  new PaperError('PublishedDamaged', `a published file of '${stage.name}' is damaged: ${reason}.`, {
    where: { file: path },
    hint: `restore it from version control: \`git checkout -- ${path}\`; it is never used as it is.`,
  });

const ofNewerVersion = (stage: Stage, path: string, received: unknown): PaperError =>
  new PaperError('PublishedNewer', `the published run of '${stage.name}' was recorded by a newer version.`, {
    where: { file: path },
    details: [`expected schema ${schema}; received ${received}`],
    hint: `use the version that wrote it, or go back to a record of before: \`git log -- ${path}\` lists them.`,
  });

const parseRecord = (stage: Stage, path: string, text: string): PublishedRecord => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(stage, path, 'it is no record');
  }
  const version = (value as { schema?: unknown } | null)?.schema;
  if (typeof version === 'number' && version > schema) throw ofNewerVersion(stage, path, version);
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) throw damaged(stage, path, 'it is no record');
  const found = contradiction(parsed.data);
  if (found !== undefined) throw damaged(stage, path, found);
  return parsed.data;
};

/**
 * Takes the lock by which one command at a time changes a published run, and puts back what a killed one left aside.
 *
 * @returns what gives the lock back
 */
export const lockPublished = async (
  { folder, before, lock }: PublishedPlace,
  onWait: () => void,
): Promise<() => Promise<void>> => {
  const unlock = await lockKey(lock, onWait);
  try {
    await restoreFolder(folder, before);
  } catch (error) {
    await unlock();
    throw error;
  }
  return unlock;
};

/**
 * The record of a stage's published run.
 *
 * @returns undefined when it has none
 * @throws PublishedDamaged when the record cannot be read or contradicts itself, PublishedNewer
 */
export const readPublishedRecord = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
): Promise<PublishedRecord | undefined> => {
  const place = publishedPlace(workshop, pipeline, stage);
  const { folder, before } = place;
  if (!existsSync(folder) && existsSync(before)) await (await lockPublished(place, () => {}))();
  if (!existsSync(folder)) return undefined;
  const file = join(folder, 'record.json');
  const path = file.slice(workshop.root.length + 1);
  const text = await readFile(file, 'utf8').catch(() => {
    throw damaged(stage, path, 'it is gone');
  });
  return parseRecord(stage, path, text);
};

/**
 * The content of a file beside a published record.
 *
 * @throws PublishedDamaged when it is gone or has another digest
 */
export const readPublishedFile = async (
  workshop: Workshop,
  stage: Stage,
  path: string,
  digest: string,
): Promise<Buffer> => {
  const data = await readFile(path).catch(() => undefined);
  if (data && sha256(data) === digest) return data;
  const reason = data ? 'its content has changed' : 'it is gone';
  throw damaged(stage, path.slice(workshop.root.length + 1), reason);
};
