import {
  otherInputsWords,
  type PublishedRecord,
  readPublishedRecord,
  type StageStatus,
  type Workshop,
} from '../engine/index.ts';
import type { Pipeline, Stage } from '../engine/stage/index.ts';
import { definitionText } from '../site/definition-text.ts';
import { definitionOf } from './definition-of.ts';

/** One stage as it is today. */
export interface StageExplanation {
  readonly stage: string;
  readonly state: StageStatus['state'];
  /** The first reason, where it is not fresh. */
  readonly reason: string;
  /** Null while an input is not known. */
  readonly key: string | null;
  readonly kind: string;
  /** `file:line` of the export that defines it. */
  readonly definition: string;
  readonly params: unknown;
  /** Files from outside the project, by the name that the stage has for them. */
  readonly files: Readonly<Record<string, string>>;
  /** How the outputs of today came about, in words; null when there are none. */
  readonly made: string | null;
  /** Project files that its code was made of when it was made or found last; none when it never was. */
  readonly code: readonly string[];
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Time taken, and the machine as far as it was told. @param machine its class */
const effort = (durationMs: number, machine: Readonly<Record<string, unknown>>): string =>
  `${(durationMs / 1000).toFixed(1)} s on ${String(machine['processor'] ?? 'a machine')}`;

const publishedWords = ({ made, attestations }: PublishedRecord): string => {
  const last = attestations.at(-1);
  const attested = last
    ? `; attested ${times(attestations.length)} since, last ${last.when.slice(0, 10)} by ${last.by}`
    : '';
  return `published ${made.when.slice(0, 10)}, ${effort(made.durationMs, made.machine)}${attested}`;
};

const madeWords = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  status: StageStatus,
): Promise<string | null> => {
  const {
    state,
    keys: [key = ''],
  } = status;
  if (state !== 'fresh') return null;
  const published = stage.published ? await readPublishedRecord(workshop, pipeline, stage) : undefined;
  if (published?.key === key) return `${publishedWords(published)}${otherInputsWords(status)}`;
  const found = workshop.store.get(key);
  return found.state === 'found'
    ? `in the store, ${effort(found.entry.durationMs, found.entry.machine)}`
    : null;
};

/** What a person asks of a stage: where it is written, what it is made with, whether its outputs are of today. */
export const explainStage = async (
  workshop: Workshop,
  pipeline: Pipeline,
  stage: Stage,
  status: StageStatus,
): Promise<StageExplanation> => ({
  stage: stage.name,
  state: status.state,
  reason: status.state === 'fresh' ? '' : status.reason,
  key: status.keys[0] ?? null,
  kind: stage.code.kind,
  definition: definitionText(await definitionOf(workshop.root, stage)),
  params: stage.params,
  files: Object.fromEntries(Object.entries(stage.files).map(([name, { path }]) => [name, path])),
  made: await madeWords(workshop, pipeline, stage, status),
  code: Object.keys(workshop.store.lastSeen(pipeline.paper, stage.name)?.sources ?? {}).toSorted(),
});
