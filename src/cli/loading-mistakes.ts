/** What is done with a part of a paper that cannot be read: a build ends with it, a check tells it and goes on. */
import { formatError, PaperError } from '../engine/stage/index.ts';
import { mistakeIn } from './mistake-in.ts';

export type PaperPart = 'pipeline' | 'claims' | 'reported' | 'presentation' | 'figures';

/** Reads a part. @returns `instead` where it cannot be read and that is no end */
export type Attempt = <T>(part: PaperPart, work: () => T | Promise<T>, instead: T) => Promise<T>;

export const orThrow: Attempt = async (_, work) => work();

/** What a paper's parts told instead of being read. */
export interface LoadingMistakes {
  /** By text: what two parts import is told once. */
  readonly errors: Map<string, PaperError>;
  readonly lacking: Set<PaperPart>;
}

export const noMistakes = (): LoadingMistakes => ({ errors: new Map(), lacking: new Set() });

export const noting =
  ({ errors, lacking }: LoadingMistakes): Attempt =>
  async (part, work, instead) => {
    const found = await mistakeIn(async () => work());
    if (!(found instanceof PaperError)) return found;
    errors.set(formatError(found), found);
    lacking.add(part);
    return instead;
  };
