import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError, positionAt } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from '../figures/figure-source.ts';
import { readJson } from '../results/read-json.ts';
import { readAuthorText } from '../site/author-text.ts';
import { allowedBy } from '../site/check-frontmatter.ts';
import { requireWords } from '../site/figure-words.ts';
import { importPaperModule } from './import-paper-module.ts';
import { type Attempt, orThrow } from './loading-mistakes.ts';
import { requireKeyed } from './require-keyed.ts';

/** A figure's specification in JSON. @throws BadFigure with line and column */
const specIn = (file: string, text: string): unknown =>
  readJson(
    text,
    file,
    (what, where) =>
      new PaperError('BadFigure', `${file} ${what}.`, {
        where,
        hint: 'mend it there, or write the figure as a module: a `.ts` file with a default export.',
      }),
  ).value;

interface FigureFile {
  readonly id: string;
  readonly file: string;
}

/** Files that hold a paper's figures by their names; a module among them may be what figures share. */
export const figureFiles = (root: string, paper: string): readonly FigureFile[] => {
  const folder = `content/${paper}/figures`;
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .toSorted()
    .flatMap((name) => {
      const [, id] = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.(?:json|ts)$/.exec(name) ?? [];
      return id === undefined ? [] : [{ id, file: `${folder}/${name}` }];
    });
};

/** Members by which a specification says what it draws. */
const drawing = ['mark', 'layer', 'facet', 'repeat', 'concat', 'hconcat', 'vconcat'];

/** A module without a figure is what figures share, unless it exports one by a name. @throws BadFigure */
const requireDefault = (file: string, text: string, module: object): void => {
  const named = Object.entries(module).find(
    ([, value]) => typeof value === 'object' && value !== null && drawing.some((member) => member in value),
  );
  if (!named) return;
  const [name] = named;
  throw new PaperError(
    'BadFigure',
    `${file} exports its figure as '${name}', and no figure as its default.`,
    {
      where: positionAt(file, text, Math.max(0, text.search(new RegExp(`\\b${name}\\b`)))),
      hint: `write \`export default ${name};\` at its end, or \`export default\` in the place of \`export const ${name} =\`.`,
    },
  );
};

/** @returns undefined of a module without a default export @throws BadFigure, BadPaperModule, DuplicateFigure, TypedDigit, UnkeyedRead */
const loadFigure = async (
  root: string,
  { id, file }: FigureFile,
  files: readonly FigureFile[],
  allowed: readonly string[] | undefined,
): Promise<FigureSource | undefined> => {
  const text = readAuthorText(join(root, file), file);
  if (file.endsWith('.ts')) await requireKeyed(root, file);
  const module = file.endsWith('.ts') ? await importPaperModule<{ default?: unknown }>(root, file, []) : {};
  const found = file.endsWith('.json') ? specIn(file, text) : module.default;
  if (found === undefined && file.endsWith('.ts')) {
    requireDefault(file, text, module);
    return undefined;
  }
  const source: FigureSource = { id, file, text, spec: found as FigureSource['spec'] };
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new PaperError('BadFigure', `${file} holds no specification.`, {
      where: placeOf(source, []),
      details: [`expected an object; received ${JSON.stringify(found)?.slice(0, 60)}`],
      hint: 'write a Vega-Lite specification, or one of the builders of figures.',
    });
  }
  const twin = files
    .slice(
      0,
      files.findIndex((other) => other.file === file),
    )
    .find((other) => other.id === id);
  if (twin) {
    throw new PaperError('DuplicateFigure', `${twin.file} and ${file} are both figure '${id}'.`, {
      where: { file },
      hint: 'rename one of the two.',
    });
  }
  // By way of JSON: what is no data, such as a function, is in no specification.
  const plain: FigureSource = { ...source, spec: JSON.parse(JSON.stringify(found)) };
  if (allowed) requireWords(plain, allowed);
  return plain;
};

/**
 * A paper's figures: each a file of its own in `content/<paper>/figures`, a specification as JSON, or a module whose default
 * export is one. Other modules there are what figures share.
 *
 * @throws BadFigure, BadPaperModule, DuplicateFigure, TypedDigit, UnkeyedRead
 */
export const loadFigures = async (
  root: string,
  paper: string,
  attempt: Attempt = orThrow,
): Promise<readonly FigureSource[]> => {
  const files = figureFiles(root, paper);
  const allowed = files.length === 0 ? undefined : allowedBy(root, paper);
  const sources: FigureSource[] = [];
  for (const file of files) {
    const source = await attempt('figures', () => loadFigure(root, file, files, allowed), undefined);
    if (source) sources.push(source);
  }
  return sources;
};
