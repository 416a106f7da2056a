import { posix } from 'node:path';
import { xmlText } from '../xml-text.ts';

/** What the project's package.json says of imports by its own name. */
export interface OwnPackage {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
}

/** The file that an import by the package's own name means, as Node resolves it; undefined for others' packages. */
const exportedFile = ({ name, exports }: OwnPackage, specifier: string): string | undefined => {
  if (!specifier.startsWith(`${name}/`)) return undefined;
  const path = `.${specifier.slice(name.length)}`;
  for (const [pattern, target] of Object.entries(exports)) {
    const [start = '', end] = pattern.split('*');
    if (end === undefined ? path !== start : !(path.startsWith(start) && path.endsWith(end))) continue;
    return target
      .replace('*', path.slice(start.length, path.length - (end ?? '').length))
      .replace(/^\.\//, '');
  }
  return undefined;
};

/** A line's import, in parts: before the quoted name, the name, and after it. */
const imported = /^(.*\b(?:from|import)\s*\(?\s*['"])([^'"]+)(['"].*)$/;

/**
 * Code as numbered lines, `#L12` each, where an import leads to the page of the file that it means.
 *
 * @param file from the project's root
 * @param hrefOf the page of a file of the project; undefined for one without
 */
export const sourceHtml = (
  file: string,
  text: string,
  own: OwnPackage,
  hrefOf: (file: string) => string | undefined,
): string => {
  const meant = (specifier: string): string | undefined =>
    specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : exportedFile(own, specifier);
  const line = (code: string): string => {
    const [, before = '', specifier = '', after = ''] = imported.exec(code) ?? [];
    const to = specifier === '' ? undefined : meant(specifier);
    const href = to === undefined ? undefined : hrefOf(to);
    return href === undefined
      ? xmlText(code)
      : `${xmlText(before)}<a href="${xmlText(href)}">${xmlText(specifier)}</a>${xmlText(after)}`;
  };
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((code, at) => `<span id="L${at + 1}">${line(code)}</span>`)
    .join('\n');
};
