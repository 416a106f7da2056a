/** What a reader sees, read back from the pages that were built. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { z } from 'zod';
import { PaperError } from '../engine/stage/index.ts';
import type { NamedValue } from '../results/derive-values.ts';
import { ownOf } from '../results/own-of.ts';
import { type FigureSketch, sketchFigure } from './figure-sketch.ts';

/** A number or word on the page. */
export interface Displayed {
  /** As it is printed. */
  readonly shown: string;
  /** With the format that printed it; undefined for one that results.json does not know. */
  readonly named: NamedValue | undefined;
  /** The table, or the sentence, in which it stands first. */
  readonly place: { readonly kind: 'table' | 'sentence'; readonly text: string };
}

export interface DisplayedPaper {
  /** What the pages were built of. */
  readonly built: {
    readonly profile: string;
    /** What computed them: `native` or `js`. */
    readonly backend: string | undefined;
    /** Stage -> its key. */
    readonly keys: ReadonlyMap<string, string>;
  };
  readonly values: ReadonlyMap<string, Displayed>;
  readonly figures: ReadonlyMap<string, FigureSketch>;
  /** Claim id -> verdict. */
  readonly verdicts: ReadonlyMap<string, string>;
}

const hasClass = ({ properties }: Element, name: string): boolean =>
  [properties['className']].flat().includes(name);

const annotationIn = (node: Nodes): Element | undefined => {
  if (node.type === 'element' && node.tagName === 'annotation') return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = annotationIn(child);
    if (found) return found;
  }
  return undefined;
};

/** A formula stands in a page as MathML, as TeX and drawn: once, as its author wrote it, is enough. */
const withFormulasOnce = <Of extends Nodes>(node: Of): Of => {
  if (!('children' in node)) return node;
  const children = node.children.map((child) => {
    const isFormula = child.type === 'element' && hasClass(child, 'katex');
    const tex = isFormula ? annotationIn(child) : undefined;
    return tex ? { type: 'text' as const, value: `$${toText(tex)}$` } : withFormulasOnce(child);
  });
  return { ...node, children };
};

const plainText = (node: Nodes): string => toText(withFormulasOnce(node)).replace(/\s+/g, ' ').trim();

const blocks = new Set(['p', 'li', 'figcaption', 'td', 'th', 'h1', 'h2', 'h3', 'dd']);
const around = 90;

/** Some of the text that surrounds a value. */
const sentenceOf = (ancestors: readonly Nodes[], shown: string): string => {
  const block = ancestors.findLast((node) => node.type === 'element' && blocks.has(node.tagName));
  const text = block ? plainText(block) : '';
  const at = Math.max(0, text.indexOf(shown));
  const piece = text.slice(Math.max(0, at - around), at + around);
  return `${at > around ? '… ' : ''}${piece}${at + around < text.length ? ' …' : ''}`;
};

/** Every element with all that it stands in, outermost first. */
const walk = (
  node: Nodes,
  ancestors: readonly Nodes[],
  use: (element: Element, ancestors: readonly Nodes[]) => void,
): void => {
  if (node.type === 'element') use(node, ancestors);
  if (!('children' in node)) return;
  for (const child of node.children) walk(child, [...ancestors, node], use);
};

const isElement = (node: Nodes): node is Element => node.type === 'element';

/** @throws NothingBuilt */
const readBuilt = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new PaperError('NothingBuilt', `there is no built page to read: ${path} is missing.`, {
      hint: 'run `npm run build` first: what is displayed is read back from it.',
      cause,
    });
  }
};

const namedValue = z.custom<NamedValue>(
  (given) => typeof given === 'object' && given !== null && 'value' in given,
  'expected a value',
);

/** Of `results.json` and `provenance.json`, what is read back here. */
const resultsSchema = z.looseObject({
  profile: z.string(),
  backend: z.looseObject({ choice: z.string().optional() }),
  values: z.record(z.string(), namedValue),
});
const provenanceSchema = z.looseObject({ stages: z.record(z.string(), z.looseObject({ key: z.string() })) });

/** @throws NothingBuilt, BuiltDamaged */
const readBuiltJson = <T>(path: string, schema: z.ZodType<T>): T => {
  const text = readBuilt(path);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // It is told as what it is not.
  }
  const read = schema.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new PaperError('BuiltDamaged', `${path} is not as a build wrote it.`, {
    details: [`${issue?.path.join('.') || 'the whole'}: ${issue?.message}`],
    hint: 'build again: `npm run build` writes anew what was changed.',
  });
};

/**
 * @param folder the paper's folder in dist
 * @throws NothingBuilt, BuiltDamaged
 */
export const readDisplayed = (folder: string): DisplayedPaper => {
  const pages = [
    readBuilt(join(folder, 'index.html')),
    ...readFurtherPages(folder),
    ...readPagesBelow(join(folder, 'tables')),
  ];
  const results = readBuiltJson(join(folder, 'results.json'), resultsSchema);
  const { stages } = readBuiltJson(join(folder, 'provenance.json'), provenanceSchema);
  const values = new Map<string, Displayed>();
  const verdicts = new Map<string, string>();
  const read = (node: Element, ancestors: readonly Nodes[]): void => {
    const { dataValue, dataClaim, dataVerdict } = node.properties;
    if (typeof dataClaim === 'string' && typeof dataVerdict === 'string')
      verdicts.set(dataClaim, dataVerdict);
    if (typeof dataValue !== 'string' || values.has(dataValue)) return;
    const shown = plainText(node);
    const table = ancestors.find(
      (parent) => isElement(parent) && parent.properties['dataTable'] !== undefined,
    );
    const place =
      table && isElement(table)
        ? { kind: 'table' as const, text: String(table.properties['dataTable']) }
        : { kind: 'sentence' as const, text: sentenceOf(ancestors, shown) };
    values.set(dataValue, {
      shown,
      named: ownOf(results.values, dataValue),
      place,
    });
  };
  for (const page of pages) walk(fromHtml(page), [], read);
  const built = {
    profile: results.profile,
    backend: results.backend.choice,
    keys: new Map(Object.entries(stages).map(([name, { key }]) => [name, key])),
  };
  return { built, values, figures: readFigures(join(folder, 'figures')), verdicts };
};

/** Pages in folders of their own. */
const readPagesBelow = (folder: string): readonly string[] =>
  (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'index.html')))
    .map(({ name }) => name)
    .toSorted()
    .map((name) => readBuilt(join(folder, name, 'index.html')));

/** Further pages of the paper: what else stands beside its own page is made from what they print. */
const readFurtherPages = (folder: string): readonly string[] =>
  readPagesBelow(folder).filter((html) => html.includes('<article class="paper">'));

const readFigures = (folder: string): ReadonlyMap<string, FigureSketch> => {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    names = [];
  }
  return new Map(
    names.toSorted().map((name) => {
      const specification: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return [name.replace(/\.json$/, ''), sketchFigure(specification)];
    }),
  );
};
