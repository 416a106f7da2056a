import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../keys/sha256.ts';
import type { KeyRecord } from '../keys/stage-key.ts';
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

const recordSchema = z.strictObject({
  schema: z.literal(1),
  /** The key and the key's record that hold now: those of the run, or of its last attestation. */
  key: z.string(),
  record: z.custom<KeyRecord>((value) => typeof value === 'object' && value !== null),
  /** Content digests of its inputs, where the record names them by the key that makes them; as attested last. */
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

/**
 * The record of a stage's published run.
 *
 * @returns undefined when it has none
 * @throws PublishedDamaged when the record cannot be read
 */
export const readPublishedRecord = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
): Promise<PublishedRecord | undefined> => {
  const { folder, before, lock } = publishedPlace(workshop, pipeline, stage);
  if (!existsSync(folder) && existsSync(before)) {
    const unlock = await lockKey(lock, () => {});
    await restoreFolder(folder, before).finally(unlock);
  }
  if (!existsSync(folder)) return undefined;
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')));
  } catch {
    throw damaged(stage, join(folder, 'record.json').slice(workshop.root.length + 1), 'it is no record');
  }
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
