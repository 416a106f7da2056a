import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';
import { nearestHint, PaperError } from '../../engine/stage/index.ts';
import { readAuthorText } from '../author-text.ts';

interface Register {
  readonly get: (name: string) => string;
  readonly list: () => readonly string[];
}

const { styles, locales } = plugins.config.get('@csl') as {
  readonly styles: Register;
  readonly locales: Register;
};

/** The language of pages. */
export const pageLanguage = 'en-US';

/** A language's words for dates, editors and the like. */
export const localeOf = (language: string): string =>
  locales.list().includes(language) ? locales.get(language) : locales.get(pageLanguage);

/** What makes a text a style that prints citations within a sentence. */
const faultOf = (text: string): string | undefined => {
  if (!/<style\b/.test(text)) return 'it holds no <style>';
  if (!/<citation\b/.test(text)) {
    const parent = /rel="independent-parent"[^>]*|href="([^"]*)"[^>]*rel="independent-parent"/.exec(
      text,
    )?.[0];
    const [, name] = /styles\/([\w-]+)/.exec(parent ?? '') ?? [];
    return `it has no <citation>${name === undefined ? '' : `, and points at another style, '${name}'`}`;
  }
  if (!/<bibliography\b/.test(text)) return 'it has no <bibliography>';
  if (/<style\b[^>]*\bclass="note"/.test(text))
    return 'it puts citations into notes, which a page has none for';
  return undefined;
};

/** Where a page names its style. */
const pageLine = (root: string, file: string) => {
  const lines = existsSync(join(root, file)) ? readAuthorText(join(root, file), file).split('\n') : [];
  const line = lines.findIndex((text) => text.startsWith('citationStyle:')) + 1;
  return line > 0 ? { file, line, column: 1 } : { file };
};

/**
 * A citation style as CSL's XML: one by name, or a file beside the page.
 *
 * @throws UnknownCitationStyle with the nearest name; BadCitationStyle for a file that cannot be used
 */
export const readCitationStyle = (root: string, paper: string, name: string): string => {
  const folder = join('content', paper);
  if (styles.list().includes(name)) return styles.get(name);
  const file = join(folder, name);
  if (!name.endsWith('.csl') || name.includes('/') || !existsSync(join(root, file))) {
    const own = readdirSync(join(root, folder)).filter((other) => other.endsWith('.csl'));
    const known = [...styles.list(), ...own];
    throw new PaperError('UnknownCitationStyle', `there is no citation style '${name}'.`, {
      where: pageLine(root, join(folder, 'index.mdx')),
      details: [`expected one of ${known.join(', ')}, or a .csl file in ${folder}`],
      hint: `${nearestHint(name, known)} Others are at github.com/citation-style-language/styles.`,
    });
  }
  const text = readAuthorText(join(root, file), file);
  const fault = faultOf(text);
  if (fault === undefined) return text;
  throw new PaperError('BadCitationStyle', `${file} cannot be used: ${fault}.`, {
    where: { file },
    details: ['expected an independent CSL style for citations in the text'],
    hint: 'take an independent style of the class "in-text" from github.com/citation-style-language/styles.',
  });
};
