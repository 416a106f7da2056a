import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { typedDigit, typedNumber } from './typed-number.ts';

const paperSchema = z.strictObject({
  title: z.string(),
  /** A guide tells how; the home page lists it after the papers, which tell what was found. */
  kind: z.enum(['paper', 'guide'], 'expected paper or guide').optional(),
  /** One line for the home page and for search engines. */
  summary: z.string(),
  authors: z.array(z.string()).min(1, 'expected one name at least'),
  /** Those of the authors that are no persons, such as a project or an institute. */
  organizations: z.array(z.string()).optional(),
  /** What the paper asks, in a sentence, for the home page. */
  question: z.string().optional(),
  /** The claim whose sentence answers it: the one of its verdict is printed. */
  answer: z.string().optional(),
  /** The figure that stands for the paper on the home page, and where links to it are shown. */
  leadFigure: z.string().optional(),
  /** What is reproduced: title, authors and date as printed. */
  original: z.strictObject({ title: z.string(), authors: z.string(), date: z.string() }).optional(),
  /** When this paper was written, as it is printed. */
  date: z.string().optional(),
  /** Under which terms text and code may be used: a sentence. */
  license: z.string().optional(),
  /** Names that hold digits, such as `Study 54`: they may stand in the prose. */
  allow: z.array(z.string()).default([]),
  /** How works are cited: a style by name, or a .csl file beside the page; `apa` unless given. */
  citationStyle: z.string().optional(),
  /** Further pages of the paper in their order, by the names of their files; those left out follow. */
  pages: z.array(z.string()).optional(),
});

const frontmatterSchema = paperSchema.superRefine(({ authors, organizations = [] }, context) => {
  for (const [at, name] of organizations.entries()) {
    if (authors.includes(name)) continue;
    const message = `expected one of the authors: ${authors.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['organizations', at], message });
  }
});

/** Of a further page: all else is its paper's. */
const furtherSchema = z.strictObject({
  title: z.string(),
  /** One line for search engines; the paper's unless given. */
  summary: z.string().optional(),
  /** Names that hold digits, besides those of the paper. */
  allow: z.array(z.string()).default([]),
});

export type PageFrontmatter = z.output<typeof frontmatterSchema>;

/** What schema.org calls an author of this name. */
export const authorType = (
  { organizations = [] }: Pick<PageFrontmatter, 'organizations'>,
  name: string,
): 'Organization' | 'Person' => (organizations.includes(name) ? 'Organization' : 'Person');

/** Of a further page as it stands in its file. */
export type FurtherFrontmatter = z.output<typeof furtherSchema>;

/** What an author writes for a key that is not there. */
const examples: Readonly<Record<string, string>> = {
  title: 'title: What was found',
  summary: 'summary: One line for the home page.',
  authors: 'authors: [A. Author]',
};

/** What an author writes for one that need not be there. */
const others: Readonly<Record<string, string>> = {
  kind: 'kind: guide',
  answer: 'answer: id-of-a-claim',
  leadFigure: 'leadFigure: id-of-a-figure',
  pages: 'pages: [method, data]',
  organizations: 'organizations: [An institute]',
};

const head = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;

/** Whether a file of MDX is a page of its own; others are parts that pages import. */
export const hasFrontmatter = (text: string): boolean => head.test(text);

/** What a frontmatter says under a key, whether it is sound or not. */
const saidIn = (text: string, key: string): unknown => {
  const document = parseDocument(head.exec(text)?.[1] ?? '');
  return document.errors.length > 0 ? undefined : document.toJS()?.[key];
};

/** The further pages that the paper's own page lists; none where its frontmatter cannot be read. */
export const pageOrder = (text: string): readonly string[] => {
  const found = saidIn(text, 'pages');
  return Array.isArray(found) ? found.map(String) : [];
};

/** A page's title; empty where its frontmatter cannot be read. */
export const titleIn = (text: string): string => {
  const found = saidIn(text, 'title');
  return typeof found === 'string' ? found : '';
};

/** A page with blanks in the place of its frontmatter, which keep every position right. */
export const withoutFrontmatter = (text: string): string =>
  text.replace(head, (found) => found.replace(/[^\n]/g, ' '));

/** The keys that may stand where a path leads. */
const keysAt = (path: readonly PropertyKey[], schema: z.ZodObject): readonly string[] =>
  Object.keys(
    (path.length > 1 && path[0] === 'original' ? paperSchema.shape.original.unwrap() : schema).shape,
  );

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

/** @param allowed names with digits, besides those of the frontmatter itself */
const readBy = <Schema extends typeof frontmatterSchema | typeof furtherSchema>(
  schema: Schema,
  text: string,
  file: string,
  allowed: readonly string[],
): z.output<Schema> => {
  const bad = (message: string, hint: string, where: Omit<SourcePosition, 'file'> = { line: 1, column: 1 }) =>
    new PaperError('BadFrontmatter', message, { where: { file, ...where }, hint });
  const yaml = head.exec(text)?.[1];
  if (yaml === undefined) {
    throw bad(
      'the page has no frontmatter.',
      `begin the file with it:\n    ---\n    ${Object.values(examples).join('\n    ')}\n    ---`,
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(yaml, {
    lineCounter: lines,
    // What reads the page after this takes a date for no text either.
    customTags: ['timestamp'],
  });
  const placeAt = (offset: number): Omit<SourcePosition, 'file'> => {
    const { line, col } = lines.linePos(offset);
    // The dashes above are a line of their own.
    return { line: line + 1, column: col };
  };
  const broken = document.errors[0];
  if (broken) {
    throw bad(
      `it is no YAML: ${broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}.`,
      'a text that holds a colon or begins with a quotation mark stands between quotation marks.',
      placeAt(broken.pos[0]),
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  /** Of the innermost key on the way that is there. */
  const placeOf = (path: readonly PropertyKey[]): Omit<SourcePosition, 'file'> | undefined => {
    for (let length = path.length; length > 0; length -= 1) {
      const name = path[length - 1];
      const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents;
      const { items = [] } = parent as {
        items?: readonly { key?: { value?: unknown; range?: number[] }; range?: number[] }[];
      };
      const item = typeof name === 'number' ? items[name] : items.find(({ key }) => key?.value === name)?.key;
      if (item?.range) return placeAt(item.range[0] ?? 0);
    }
    return undefined;
  };
  if (parsed.success) {
    // Dates, names and the original's title are what they are; these may assert something.
    const texts: Readonly<Record<string, unknown>> = parsed.data;
    for (const key of ['title', 'summary', 'question']) {
      const found = typedNumber(String(texts[key] ?? ''), [...allowed, ...parsed.data.allow]);
      if (found) {
        const { message, hint } = typedDigit(found.text, `is typed in the ${key}`, 'say it in words');
        throw new PaperError('TypedDigit', message, { where: { file, ...placeOf([key]) }, hint });
      }
    }
    return parsed.data as z.output<Schema>;
  }
  // A key that is misspelt is missing as well: the one that stands there is told.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    throw bad(
      `there is no key '${path.join('.')}'.`,
      nearestHint(issue.keys[0] ?? '', keysAt(path, schema)),
      placeOf(path),
    );
  }
  const name = issue.path.length === 0 ? 'the frontmatter' : `'${issue.path.join('.')}'`;
  const key = String(issue.path[0] ?? 'title');
  const example = examples[key] ?? others[key];
  if (document.getIn(issue.path) === undefined) {
    throw bad(
      `${name} is missing.`,
      `add a line: \`${example ?? `${String(issue.path.at(-1))}: …`}\`.`,
      placeOf(issue.path),
    );
  }
  throw bad(
    `${name} cannot be used: ${expectedText(issue)}.`,
    example === undefined ? 'put the text between quotation marks.' : `write it so: \`${example}\`.`,
    placeOf(issue.path),
  );
};

/**
 * What stands between the dashes at the head of a paper's own page.
 *
 * @param file how an error's reader knows it
 * @throws BadFrontmatter with the line of the key; TypedDigit
 */
export const readFrontmatter = (text: string, file: string): PageFrontmatter =>
  readBy(frontmatterSchema, text, file, []);

/**
 * What stands between the dashes at the head of a further page.
 *
 * @param allowed names with digits that its paper allows
 * @throws BadFrontmatter with the line of the key; TypedDigit
 */
export const readFurtherFrontmatter = (
  text: string,
  file: string,
  allowed: readonly string[],
): FurtherFrontmatter => readBy(furtherSchema, text, file, allowed);
