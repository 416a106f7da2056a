import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { examples, faultsOf } from './frontmatter-faults.ts';
import { typedDigit, typedNumber } from './typed-number.ts';

const words = z.string().refine((text) => text.trim() !== '', 'expected words; received none');

const isDate = (text: string): boolean => {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  const whole = `${year}-${month}-${day}`;
  const found = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(whole);
};

const paperSchema = z.strictObject({
  title: words,
  /** A guide tells how; the home page lists it after the papers, which tell what was found. */
  kind: z.enum(['paper', 'guide'], 'expected paper or guide').optional(),
  /** One line for the home page and for search engines. */
  summary: words,
  authors: z.array(words).min(1, 'expected one name at least'),
  /** Those of the authors that are no persons, such as a project or an institute. */
  organizations: z.array(words).optional(),
  /** What the paper asks, in a sentence, for the home page. */
  question: words.optional(),
  /** The claim whose sentence answers it: the one of its verdict is printed. */
  answer: z.string().optional(),
  /** The figure that stands for the paper on the home page, and where links to it are shown. */
  leadFigure: z.string().optional(),
  /** What is reproduced: title, authors and date as printed. */
  original: z.strictObject({ title: z.string(), authors: z.string(), date: z.string() }).optional(),
  /** When this paper was written: a day, a month or a year, as it is printed. */
  date: z
    .string()
    .refine(isDate, 'expected a day, a month or a year that there is, as in 2026-03-07, 2026-03 or 2026')
    .optional(),
  /** Under which terms text and code may be used: a sentence. */
  license: words.optional(),
  /** Names that hold digits, such as `Study 54`: they may stand in the prose. */
  allow: z.array(words).default([]),
  /** How works are cited: a style by name, or a .csl file beside the page; `apa` unless given. */
  citationStyle: z.string().optional(),
  /** Further pages of the paper in their order, by the names of their files; those left out follow. */
  pages: z
    .array(z.string())
    .refine((pages) => new Set(pages).size === pages.length, 'expected each page once')
    .optional(),
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
  title: words,
  /** One line for search engines; the paper's unless given. */
  summary: words.optional(),
  /** Names that hold digits, besides those of the paper. */
  allow: z.array(words).default([]),
});

export type PageFrontmatter = z.output<typeof frontmatterSchema>;

/** What schema.org calls an author of this name. */
export const authorType = (
  { organizations = [] }: Pick<PageFrontmatter, 'organizations'>,
  name: string,
): 'Organization' | 'Person' => (organizations.includes(name) ? 'Organization' : 'Person');

/** Of a further page as it stands in its file. */
export type FurtherFrontmatter = z.output<typeof furtherSchema>;

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

/** Where in a page's file. */
type InFile = Required<Omit<SourcePosition, 'file'>>;

/** @param allowed names with digits, besides those of the frontmatter itself */
const readBy = <Schema extends typeof frontmatterSchema | typeof furtherSchema>(
  schema: Schema,
  text: string,
  file: string,
  allowed: readonly string[],
): z.output<Schema> => {
  const bad = (
    message: string,
    hint: string,
    where: InFile = { line: 1, column: 1 },
    details: readonly string[] = [],
  ) => new PaperError('BadFrontmatter', message, { where: { file, ...where }, details, hint });
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
  const placeAt = (offset: number): InFile => {
    const { line, col } = lines.linePos(offset);
    // The dashes above are a line of their own.
    return { line: line + 1, column: col };
  };
  const broken = document.errors[0];
  if (broken) {
    throw bad(
      `it is no YAML: ${broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')}.`,
      broken.code === 'DUPLICATE_KEY'
        ? 'take one of the two out.'
        : 'a text that holds a colon or begins with a quotation mark stands between quotation marks.',
      placeAt(broken.pos[0]),
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  /** Of the innermost key on the way that is there. */
  const placeOf = (path: readonly PropertyKey[]): InFile | undefined => {
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
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, schema, document));
  // A key that is misspelt is missing as well: the one that stands there is told.
  const meant = new Set(faults.map((one) => one.meant));
  const [first, ...others] = faults
    .filter(({ path, isMissing }) => !(isMissing && meant.has(path.join('.'))))
    .map((fault) => ({ ...fault, where: placeOf(fault.path) ?? { line: 1, column: 1 } }))
    .sort(
      (one, other) => Number(one.isMissing) - Number(other.isMissing) || one.where.line - other.where.line,
    );
  throw bad(
    first!.message,
    first!.hint,
    first!.where,
    others.map(
      ({ where: { line, column }, message, hint }) => `${file}:${line}:${column} ${message} ${hint}`,
    ),
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

/** Where a key stands in a page's frontmatter; the first line where it does not. */
export const keyPlaceIn = (text: string, key: string): { readonly line: number; readonly column: number } => {
  const lines = (head.exec(text)?.[1] ?? '').split('\n');
  const at = lines.findIndex((line) => new RegExp(`^['"]?${key}['"]?[ \\t]*:`).test(line));
  return at < 0 ? { line: 1, column: 1 } : { line: at + 2, column: 1 };
};
