import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { PaperError, positionAt } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from '../figures/figure-source.ts';
import { readAuthorText } from '../site/author-text.ts';
import { allowedBy } from '../site/check-frontmatter.ts';
import { requireWords } from '../site/figure-words.ts';
import { importPaperModule } from './import-paper-module.ts';

/** A JSON file's content. @throws BadFigure with line and column */
const readJson = (file: string, text: string): unknown => {
  const faults: ParseError[] = [];
  const value: unknown = parse(text, faults, { disallowComments: true });
  const [fault] = faults;
  if (!fault) return value;
  throw new PaperError('BadFigure', `${file} is not JSON: ${printParseErrorCode(fault.error)}.`, {
    where: positionAt(file, text, fault.offset),
    hint: 'mend it there, or write the figure as a module: a `.ts` file with a default export.',
  });
};

/**
 * A paper's figures: each a file of its own in `content/<paper>/figures`, a specification as JSON, or a module whose default
 * export is one. Other modules there are what figures share.
 *
 * @throws BadFigure, BadPaperModule, DuplicateFigure, TypedDigit
 */
export const loadFigures = async (root: string, paper: string): Promise<readonly FigureSource[]> => {
  const folder = `content/${paper}/figures`;
  if (!existsSync(join(root, folder))) return [];
  const allowed = allowedBy(root, paper);
  const sources: FigureSource[] = [];
  for (const name of readdirSync(join(root, folder)).toSorted()) {
    const [, id, ending] = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.(json|ts)$/.exec(name) ?? [];
    if (id === undefined) continue;
    const file = `${folder}/${name}`;
    const text = readAuthorText(join(root, file), file);
    const found =
      ending === 'json'
        ? readJson(file, text)
        : (await importPaperModule<{ default?: unknown }>(root, file, [])).default;
    if (found === undefined && ending === 'ts') continue;
    const source: FigureSource = { id, file, text, spec: found as FigureSource['spec'] };
    if (typeof found !== 'object' || found === null || Array.isArray(found)) {
      throw new PaperError('BadFigure', `${file} holds no specification.`, {
        where: placeOf(source, []),
        details: [`expected an object; received ${JSON.stringify(found)?.slice(0, 60)}`],
        hint: 'write a Vega-Lite specification, or one of the builders of figures.',
      });
    }
    const twin = sources.find((other) => other.id === id);
    if (twin) {
      throw new PaperError('DuplicateFigure', `${twin.file} and ${file} are both figure '${id}'.`, {
        where: { file },
        hint: 'rename one of the two.',
      });
    }
    // By way of JSON: what is no data, such as a function, is in no specification.
    const plain: FigureSource = { ...source, spec: JSON.parse(JSON.stringify(found)) };
    requireWords(plain, allowed);
    sources.push(plain);
  }
  return sources;
};
