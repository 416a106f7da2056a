/** What an author writes so that readers can ask a paper's published files something in their own browser. */
import type { ExplorationCode, PlacedExploration } from '../engine/stage/index.ts';
import type { View } from './view.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a reader sets; its `value` is the first one. */
export type Control =
  | { readonly kind: 'text'; readonly id: string; readonly label: string; readonly value: string }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly value: string;
      readonly choices: readonly Choice[];
    };

/** A control's id -> what the reader set. */
export type Choices = Readonly<Record<string, string>>;

export interface OpenExploration {
  readonly controls: readonly Control[];
  /** @throws PaperError, which a reader is shown, for choices that have no answer */
  readonly show: (choices: Choices) => readonly View[] | Promise<readonly View[]>;
}

export interface Exploration<F extends readonly string[] = readonly string[]> extends ExplorationCode {
  /** Names of the files that it reads; `placeExploration` says which published files they are. */
  readonly files: F;
  /** @param paths a file's name -> its path, which `readFileSync` and the readers of numerics take; in a browser too */
  readonly open: (paths: Readonly<Record<F[number], string>>) => OpenExploration | Promise<OpenExploration>;
}

/** Code that runs in a worker of the reader's browser. It reaches numbers and files as stages do that readers run. */
export const defineExploration = <const F extends readonly string[]>(
  definition: Exploration<F>,
): Exploration<F> => definition;

/**
 * Puts an exploration into the graph.
 *
 * @param sources what a reader can load it with, in words, each with paths of the graph's published `files`
 */
export const placeExploration = <F extends readonly string[]>(
  code: Exploration<F>,
  sources: readonly { readonly label: string; readonly files: Readonly<Record<F[number], string>> }[],
): PlacedExploration => ({ code, sources });

/** A choice of whole numbers 0 to before `count`. */
export const numbered = (count: number): readonly Choice[] =>
  Array.from({ length: count }, (_, at) => ({ value: String(at), label: String(at) }));
