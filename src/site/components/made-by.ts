import type { GivenPaper, MadeStage } from '../site-build.ts';

export interface NamedStage extends MadeStage {
  readonly name: string;
}

/** Replicates of one stage are told once. */
export const withoutSeed = (name: string): string => name.replace(/\.seed-\d+$/, '');

/** The stages that made something, and all that they stand on: nearest first, each once. */
export const madeBy = (stages: GivenPaper['stages'], makers: readonly string[]): readonly NamedStage[] => {
  const found = new Set(makers);
  for (const name of found) for (const input of stages[name]?.inputs ?? []) found.add(input);
  return [...found].flatMap((name) => (stages[name] ? [{ name, ...stages[name] }] : []));
};
