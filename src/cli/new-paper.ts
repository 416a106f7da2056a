/** A new paper from a template: two folders that build, test and read well at once. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestHint, PaperError } from '../engine/stage/index.ts';

const templatesFolder = fileURLToPath(new URL('../../templates', import.meta.url));

const sides = ['content', 'experiments'] as const;

/** What stands in a template for the paper's id, and for its title. */
const placeholders = { id: 'new-paper', title: 'New paper' } as const;

/** It becomes a folder, a part of addresses and a word in commands. */
const plainId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Addresses of the site's own, beside those of papers. */
const taken: readonly string[] = ['how-this-site-knows', 'index', 'pagefind'];

/** A file system takes names of 255 bytes, and some are made of a paper's. */
const longestName = 60;

const templateNames = (): readonly string[] => readdirSync(templatesFolder).sort();

/** @throws NoPaperName, BadPaperName, PaperExists */
const requireFree = (root: string, words: readonly string[]): string => {
  const [id, ...others] = words;
  if (id === undefined || others.length > 0) {
    throw new PaperError('NoPaperName', 'a new paper needs one name.', {
      details: [`expected one word; received ${words.join(' ') || 'none'}`],
      hint: `give it: \`npm run new -- ${words.join('-').toLowerCase() || placeholders.id}\`.`,
    });
  }
  if (!plainId.test(id) || taken.includes(id) || id.length > longestName) {
    const kebab = id
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+|-+$/g, '')
      .slice(0, longestName)
      .replace(/-+$/, '');
    const usable = plainId.test(kebab) && !taken.includes(kebab) ? kebab : placeholders.id;
    throw new PaperError('BadPaperName', `'${id.slice(0, 80)}' cannot be the name of a paper.`, {
      details: [
        taken.includes(id)
          ? 'expected a name that no page of the site has; this one is taken'
          : `expected lower-case words between hyphens, the first one beginning with a letter, of ${longestName} characters at most; received '${id.slice(0, 80)}'`,
      ],
      hint: `it becomes two folders and an address: \`npm run new -- ${usable}\`.`,
    });
  }
  const there = sides.map((side) => `${side}/${id}`).find((place) => existsSync(join(root, place)));
  if (there === undefined) return id;
  throw new PaperError('PaperExists', `there is a folder ${there} already.`, {
    hint: 'choose another name, or move the folder away: nothing is written over.',
  });
};

const fill = (folder: string, id: string): void => {
  const words = id.replaceAll('-', ' ');
  const title = words[0]!.toUpperCase() + words.slice(1);
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replaceAll(placeholders.id, id).replaceAll(placeholders.title, title));
  }
};

/** What `new` wrote. */
export interface NewPaper {
  readonly paper: string;
  readonly template: string;
  /** From the project's root. */
  readonly folders: readonly string[];
}

/**
 * Writes `content/<id>` and `experiments/<id>`.
 *
 * @param words the paper's id alone
 * @throws NoPaperName, BadPaperName, PaperExists, UnknownTemplate
 */
export const newPaper = (
  root: string,
  { template = 'minimal' }: { readonly template?: string | undefined },
  words: readonly string[],
): NewPaper => {
  if (!templateNames().includes(template)) {
    throw new PaperError('UnknownTemplate', `there is no template '${template}'.`, {
      details: [`expected one of ${templateNames().join(', ')}`],
      hint: nearestHint(template, templateNames()),
    });
  }
  const id = requireFree(root, words);
  // Folders with a dot in front are no one's paper: what is killed half-way leaves no half of one.
  const made = sides.map((side) => {
    mkdirSync(join(root, side), { recursive: true });
    const aside = join(root, side, `.${id}`);
    rmSync(aside, { recursive: true, force: true });
    cpSync(join(templatesFolder, template, side), aside, { recursive: true });
    fill(aside, id);
    return [aside, join(root, side, id)] as const;
  });
  for (const [aside, folder] of made) renameSync(aside, folder);
  const folders = sides.map((side) => `${side}/${id}`);
  console.log(
    [
      `${folders.join(' and ')} are written, from the template ${template}.`,
      `  npm run build -- --paper ${id}   computes it and writes dist/${id}/index.html`,
      `  npm run dev -- --paper ${id}     shows it as you write`,
      `  experiments/${id}/pipeline.ts lists its stages; content/${id}/index.mdx is its text`,
      `  npm run paper -- accept --paper ${id} --all   records its verdicts when you have changed what it claims`,
    ].join('\n'),
  );
  return { paper: id, template, folders };
};
