/** What is wrong with a page's frontmatter, and what to write in its place. */
import { closest } from 'fastest-levenshtein';
import type { Document } from 'yaml';
import { z } from 'zod';
import { nearestHint } from '../engine/stage/index.ts';

/** What an author writes for a key that is not there. */
export const examples: Readonly<Record<string, string>> = {
  title: 'title: What was found',
  summary: 'summary: One line for the home page.',
  authors: 'authors: [A. Author]',
};

/** What an author writes for one that need not be there. */
const others: Readonly<Record<string, string>> = {
  date: "date: '2026-03-07'",
  kind: 'kind: guide',
  answer: 'answer: id-of-a-claim',
  leadFigure: 'leadFigure: id-of-a-figure',
  pages: 'pages: [method, data]',
  organizations: 'organizations: [An institute]',
};

/** The keys that may stand where a path leads. */
const keysAt = (path: readonly PropertyKey[], schema: z.ZodObject): readonly string[] => {
  const part = path.length > 1 ? schema.shape[String(path[0])] : undefined;
  const inner = part instanceof z.ZodOptional ? part.unwrap() : part;
  return Object.keys((inner instanceof z.ZodObject ? inner : schema).shape);
};

/** A kind of value, as one who writes the page knows it. */
const expectedWords: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list of texts',
  object: 'keys and their values',
};

const expectedText = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_type'
    ? `expected ${expectedWords[issue.expected] ?? issue.expected}`
    : issue.message;

export interface FrontmatterFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly hint: string;
  /** Where a key is not there at all. */
  readonly isMissing: boolean;
  /** Of a key that nothing reads: the one that it is nearest to. */
  readonly meant?: string | undefined;
}

/** What to write in the place of what cannot be used. */
const hintFor = (issue: z.core.$ZodIssue, key: string, document: Document): string => {
  if (key === 'organizations' && issue.code === 'custom') {
    const authors: unknown = document.toJS()?.authors;
    const [first = 'A. Author'] = Array.isArray(authors) ? authors : [];
    return `write it so: \`organizations: [${first}]\`, or add the name to \`authors\`.`;
  }
  const example = examples[key] ?? others[key];
  return example === undefined ? 'put the text between quotation marks.' : `write it so: \`${example}\`.`;
};

/** What one issue of a schema says of a page's frontmatter, as one who writes the page knows it. */
export const faultsOf = (
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  document: Document,
): readonly FrontmatterFault[] => {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt([...issue.path, ''], schema);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `there is no key '${[...issue.path, key].join('.')}'.`,
      hint: nearestHint(key, known),
      isMissing: false,
      meant: [...issue.path, closest(key, known)].join('.'),
    }));
  }
  const name = issue.path.length === 0 ? 'the frontmatter' : `'${issue.path.join('.')}'`;
  const key = String(issue.path[0] ?? 'title');
  const example = examples[key] ?? others[key];
  const isMissing = document.getIn(issue.path) === undefined;
  return [
    {
      path: issue.path,
      isMissing,
      ...(isMissing
        ? {
            message: `${name} is missing.`,
            hint: `add a line: \`${example ?? `${String(issue.path.at(-1))}: …`}\`.`,
          }
        : {
            message: `${name} cannot be used: ${expectedText(issue)}.`,
            hint: hintFor(issue, key, document),
          }),
    },
  ];
};
