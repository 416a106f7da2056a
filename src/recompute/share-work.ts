/** Who computes what, where a machine can compute several things side by side. */
import {
  madeInputs,
  type RecomputedReplicate,
  type RecomputedRun,
  type RecomputedStage,
} from './recomputation.ts';

/** One worker's part. */
export interface WorkShare {
  /** Stages whose outputs another worker's table needs. */
  readonly ahead: readonly RecomputedRun[];
  readonly replicates: readonly RecomputedReplicate[];
}

/** One of the stages before a run, with those of them that it needs itself. */
const runOf = (name: string, before: readonly RecomputedStage[]): RecomputedRun => {
  const stage = before.find((of) => of.stage === name)!;
  const needed = new Set<string>();
  const visit = (of: RecomputedStage): void => {
    for (const made of madeInputs(of)) {
      needed.add(made);
      visit(before.find(({ stage: other }) => other === made)!);
    }
  };
  visit(stage);
  return { ...stage, before: before.filter((of) => needed.has(of.stage)) };
};

const dealt = <T>(all: readonly T[], hands: number): readonly (readonly T[])[] =>
  Array.from({ length: hands }, (_, hand) => all.filter((__, place) => place % hands === hand));

/**
 * Replicates side by side; of a single one, the stages that it reads, which the first worker then puts together.
 *
 * @param processors at least one
 */
export const shareWork = (
  replicates: readonly RecomputedReplicate[],
  processors: number,
): readonly WorkShare[] => {
  const [only, another] = replicates;
  const ahead = only && !another ? madeInputs(only).map((name) => runOf(name, only.before)) : [];
  if (only && ahead.length > 1 && processors > 1) {
    return dealt(ahead, Math.min(ahead.length, processors)).map((runs, hand) => ({
      ahead: runs,
      replicates: hand === 0 ? [{ ...only, before: [] }] : [],
    }));
  }
  return dealt(replicates, Math.min(replicates.length, processors)).map((own) => ({
    ahead: [],
    replicates: own,
  }));
};
