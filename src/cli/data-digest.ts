import { digestOf, resultMembers } from '../engine/index.ts';
import { sha256 } from '../engine/stage/index.ts';
import type { ComputedPaper } from './compute-paper.ts';

/**
 * Of what stages made of a paper: its tables and series. They are read from these very contents by code that is among the
 * project's sources.
 */
const resultsDigest = ({ paper, finished }: Pick<ComputedPaper, 'paper' | 'finished'>): string =>
  digestOf(
    resultMembers(paper.pipeline).map(({ stage, replicate }) => [
      stage.name,
      replicate?.of ?? null,
      replicate?.seed ?? null,
      finished.get(stage.name)?.entry.digests['result'] ?? '',
    ]),
  );

/** Of all that is known of a paper: its results, where they come from, and what is said of them. */
export const dataDigest = ({ paper, data, finished }: ComputedPaper): string => {
  const { tables: _, series: __, values: ___, ...rest } = data;
  const keys = resultMembers(paper.pipeline).map(({ stage }) => finished.get(stage.name)?.key ?? '');
  const said = [rest, paper.presentation, paper.reported];
  return digestOf([resultsDigest({ paper, finished }), keys, sha256(JSON.stringify(said))]);
};
