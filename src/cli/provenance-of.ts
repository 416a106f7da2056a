import { moduleName, type PublishedRecord } from '../engine/index.ts';
import type { ComputedPaper } from './compute-paper.ts';

/** Where and when a published run was made, and which later code was shown to make it too. */
const publicationOf = ({ made, kept, witness, attestations }: PublishedRecord): object => ({
  made,
  kept,
  witness,
  attestations,
});

/** `provenance.json`: how every stage came by its outputs. */
export const provenanceOf = (
  root: string,
  { data, finished }: Pick<ComputedPaper, 'data' | 'finished'>,
): object => ({
  paper: data.paper,
  profile: data.profile,
  stages: Object.fromEntries(
    [...finished.values()].map(({ stage, key, record, entry, inputs, program, published }) => [
      stage.name,
      {
        key,
        kind: record.kind,
        definition: moduleName(root, stage.code),
        code: { digest: program.digest, files: program.files },
        native: record.native,
        files: record.files,
        node: record.node,
        params: record.params,
        inputs: Object.fromEntries(
          Object.entries(stage.inputs).map(([input, upstream]) => [
            input,
            { stage: upstream.name, digests: inputs[input] },
          ]),
        ),
        outputs: entry.digests,
        backend: record.backend,
        machine: entry.machine,
        durationMs: entry.durationMs,
        ...(published ? { published: publicationOf(published) } : {}),
      },
    ]),
  ),
});
