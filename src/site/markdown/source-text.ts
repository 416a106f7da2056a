import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearestHint, PaperError, type SourcePosition, sha256 } from '../../engine/stage/index.ts';

/** What a page shows of a file. */
export interface SourceText {
  readonly text: string;
  /** Of the whole file. */
  readonly digest: string;
}

/** What is made, installed, or no one's to show. */
const besides = /^(?:\.git|\.paper|\.astro|dist|node_modules)$/;

/** The comment that opens a region, and the one that closes it, as editors fold them. */
const opening = /#region\s+([\w-]+)/;
const closing = /#endregion\b/;
const isMarker = (line: string): boolean => opening.test(line) || closing.test(line);

/** Paths as an author writes them: from the project's root, below no folder that is besides. */
const isInside = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !besides.test(part));

const siblingsOf = (root: string, path: string): readonly string[] => {
  const folder = dirname(path);
  const entries = statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(join(root, folder), { withFileTypes: true })
    : [];
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
};

const readText = (root: string, path: string, where: SourcePosition): Buffer => {
  if (!isInside(path)) {
    throw new PaperError('SourceOutside', `'${path}' is no file of the project that a page may show.`, {
      where,
      details: ['expected a path from the root of the project, with no `..` in it'],
      hint: 'name it as `git ls-files` does: experiments/<paper>/pipeline.ts.',
    });
  }
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isFile()) {
    const siblings = siblingsOf(root, path);
    throw new PaperError('UnknownSource', `there is no file '${path}' to show.`, {
      where,
      hint:
        siblings.length > 0
          ? nearestHint(path, siblings)
          : `the folder ${dirname(path)} has no files: paths begin at the root of the project.`,
    });
  }
  const content = readFileSync(join(root, path));
  if (content.includes(0)) {
    throw new PaperError('UnknownSource', `'${path}' is no text.`, {
      where,
      hint: 'show the code that makes it.',
    });
  }
  return content;
};

/** Lines of a region, without those that mark regions; `undefined` where there is none of the name. */
const linesOf = (lines: readonly string[], region: string, file: string): readonly string[] | undefined => {
  const starts = lines.flatMap((line, at) => (opening.exec(line)?.[1] === region ? [at] : []));
  const [start, again] = starts;
  if (start === undefined) return undefined;
  const bad = (what: string, line: number): PaperError =>
    new PaperError('BadRegion', `the region '${region}' ${what}.`, {
      where: { file, line: line + 1 },
      details: [`expected one line with \`#region ${region}\`, and \`#endregion\` after it`],
      hint: 'a page shows what stands between the two: mend them.',
    });
  if (again !== undefined) throw bad('begins a second time', again);
  let depth = 0;
  for (let at = start; at < lines.length; at += 1) {
    if (opening.test(lines[at]!)) depth += 1;
    else if (closing.test(lines[at]!)) depth -= 1;
    if (depth > 0) continue;
    const inner = lines.slice(start + 1, at);
    if (inner.every((line) => isMarker(line) || line.trim() === '')) throw bad('is empty', start);
    return inner;
  }
  throw bad('does not end', start);
};

/** Without the indentation that all lines share, and without blank lines at both ends. */
const laidOut = (lines: readonly string[]): string => {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length);
  const indent = Math.min(...indents);
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
};

/**
 * A file of the project, or a region of it, as a page shows it: read anew at each compilation, so that it is never
 * another text than the one that is built.
 *
 * @param path from the root of the project
 * @param region of the file between comments `#region <name>` and `#endregion`; the whole file unless given
 * @param where the page names it
 * @throws SourceOutside, UnknownSource, UnknownRegion, BadRegion
 */
export const readSource = (
  root: string,
  path: string,
  region: string | undefined,
  where: SourcePosition,
): SourceText => {
  const content = readText(root, path, where);
  const lines = content.toString('utf8').split(/\r?\n/);
  const shown = region === undefined ? lines : linesOf(lines, region, path);
  if (!shown) {
    const names = lines.flatMap((line) => opening.exec(line)?.[1] ?? []);
    throw new PaperError('UnknownRegion', `'${path}' has no region '${region}'.`, {
      where,
      hint:
        names.length > 0
          ? nearestHint(region ?? '', names)
          : `put the lines between comments there: \`#region ${region}\` and \`#endregion\`.`,
    });
  }
  return { text: laidOut(shown.filter((line) => !isMarker(line))), digest: sha256(content) };
};
