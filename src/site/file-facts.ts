/**
 * Size and SHA-256 of the files beside a page. They are written after it, and some are made from it: the page is rendered
 * with a mark for each fact, in whose place the fact is put once the files are there.
 */

export interface FileFacts {
  readonly sizeBytes: number;
  readonly sha256: string;
}

const facts = {
  sha256: ({ sha256 }: FileFacts): string => sha256,
  bytes: ({ sizeBytes }: FileFacts): string => String(sizeBytes),
  size: ({ sizeBytes }: FileFacts): string =>
    sizeBytes < 1e5 ? `${Math.ceil(sizeBytes / 1e3)}\u00a0kB` : `${(sizeBytes / 1e6).toFixed(1)}\u00a0MB`,
} as const;

type Fact = keyof typeof facts;

/** Stands for a fact in HTML, in an attribute and in JSON alike. @param path of a file, from the page's folder on */
export const factMark = (fact: Fact, path: string): string => `{{${fact} of ${path}}}`;

const marks = /\{\{(sha256|bytes|size) of ([\w./-]+)\}\}/g;

/** The first mark in a text that no fact was put in the place of, also where spaces were lost and signs were escaped. */
export const leftMark = (text: string): string | undefined =>
  /\{\{(?:sha256|bytes|size)\s*of\s*[\w./-]+\}\}/.exec(text.replaceAll('\\', ''))?.[0];

/** @param factsOf a file, by its path from the page's folder on */
export const fillFacts = (html: string, factsOf: (path: string) => FileFacts): string =>
  html.replace(marks, (_, fact: Fact, path: string) => facts[fact](factsOf(path)));
