import type { Definition } from '../definition-text.ts';
import type { GivenPaper, MadeStage } from '../site-build.ts';

export interface NamedStage extends MadeStage {
  readonly name: string;
}

/** Replicates of one stage are told once. */
export const withoutSeed = (name: string): string => name.replace(/\.seed-\d+$/, '');

/**
 * Of a stage that gives a result, the line of its file that names the result, nearer to it than the one that begins the
 * stage: the only one, or of several the only one that gives its id. Otherwise what begins it.
 */
const placeOf = (code: GivenPaper['code'], { definition }: MadeStage, result: string): Definition => {
  const lines = code?.[definition.file]?.text.split('\n') ?? [];
  const naming = lines.flatMap((line, at) =>
    [`'${result}'`, `"${result}"`].some((text) => line.includes(text)) ? [{ line, number: at + 1 }] : [],
  );
  const giving = naming.length > 1 ? naming.filter(({ line }) => /\bid\b/.test(line)) : naming;
  const [only] = giving;
  return only && giving.length === 1 ? { ...definition, line: only.number } : definition;
};

/** The stages that made a result, and all that they stand on: nearest first, each once. */
export const madeBy = (
  { stages, code }: Pick<GivenPaper, 'stages' | 'code'>,
  makers: readonly string[],
  result: string,
): readonly NamedStage[] => {
  const found = new Set(makers);
  for (const name of found) for (const input of stages[name]?.inputs ?? []) found.add(input);
  return [...found].flatMap((name) => {
    const stage = stages[name];
    if (!stage) return [];
    const definition = makers.includes(name) ? placeOf(code, stage, result) : stage.definition;
    return [{ name, ...stage, definition }];
  });
};
