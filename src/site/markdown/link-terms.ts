import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint, type PaperError } from '../../engine/stage/index.ts';
import { pagePath } from '../page-path.ts';
import { reportFault } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';
import type { PagePosition, ScannedPage } from './scan-pages.ts';

/** A page's elements of a name, those within sentences that this build does not print among them. */
const named = (tree: Root, name: string): readonly JsxNode[] => {
  const found: JsxNode[] = [];
  visit(tree, (node: Node) => {
    if (isJsx(node) && node.name === name) found.push(node);
  });
  return found;
};

const nameOf = (node: JsxNode): string => attributeOf(node, 'of') ?? '';

const withoutName = (node: JsxNode, file: VFile): PaperError =>
  authorError(
    'MissingAttribute',
    `<${node.name}> does not say which term it ${node.name === 'Term' ? 'names' : 'defines'}.`,
    file,
    node,
    `write <${node.name} of="its-name">…</${node.name}>.`,
  );

/**
 * Gives each `<Term of="name">` the way to the paper's one `<Definition of="name">`, on whichever page that stands.
 * Faults: MissingAttribute, UnknownTerm, DuplicateTerm, UnusedTerm
 */
export const linkTerms = (positionOf: (file: VFile) => PagePosition) => () => (tree: Root, file: VFile) => {
  const [definitions, terms] = [named(tree, 'Definition'), named(tree, 'Term')];
  if (definitions.length + terms.length === 0) return;
  const { pages, at, home, isWhole } = positionOf(file);
  const others = pages.filter((_, index) => index !== at);
  const fault = (error: PaperError): void => reportFault(file, error);
  for (const node of [...definitions, ...terms]) if (nameOf(node) === '') fault(withoutName(node, file));

  const here = new Set<string>();
  for (const node of definitions.filter((one) => nameOf(one) !== '')) {
    const name = nameOf(node);
    const before = pages.slice(0, Math.max(0, at)).find(({ defined }) => defined.has(name));
    if (before || here.has(name))
      fault(
        authorError(
          'DuplicateTerm',
          `'${name}' is defined ${here.has(name) || !before ? 'on this page' : `on '${before.name}'`} already.`,
          file,
          node,
          `name it by <Term of="${name}">…</Term>, or give what is meant here a name of its own.`,
        ),
      );
    here.add(name);
    const isNamed = [...terms.map(nameOf), ...others.flatMap((page) => [...page.terms])].includes(name);
    // A page that cannot be read may name it.
    if (!isNamed && isWhole)
      fault(
        authorError(
          'UnusedTerm',
          `'${name}' is defined, and no page names it.`,
          file,
          node,
          `wrap it where it first stands, <Term of="${name}">…</Term>, or take the definition out.`,
        ),
      );
  }

  const pageOf = (name: string): ScannedPage | undefined => others.find(({ defined }) => defined.has(name));
  for (const node of terms.filter((one) => nameOf(one) !== '')) {
    const name = nameOf(node);
    const page = here.has(name) ? undefined : pageOf(name);
    const known = [...here, ...others.flatMap(({ defined }) => [...defined])];
    if (page || here.has(name)) {
      setAttribute(node, 'href', `${page ? `${home}${pagePath(page.name)}` || './' : ''}#term-${name}`);
    } else if (isWhole)
      fault(
        authorError(
          'UnknownTerm',
          `no page defines a term '${name}'.`,
          file,
          node,
          known.length === 0
            ? `define it once, on any page of the paper: <Definition of="${name}">…</Definition>.`
            : nearestHint(name, known),
        ),
      );
  }
};
