import type { ExportSpecifier, Program } from 'estree';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { boundNames } from '../bound-names.ts';
import { reportFault } from './faults.ts';
import { authorError } from './jsx-node.ts';

const exportedName = (name: ExportSpecifier['exported']): string =>
  name.type === 'Identifier' ? name.name : String(name.value);

const exportedNames = ({ body }: Program): readonly string[] =>
  body.flatMap((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') return ['default'];
    if (statement.type === 'ExportAllDeclaration')
      return statement.exported ? [exportedName(statement.exported)] : [];
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration, specifiers } = statement;
    const named = specifiers.map(({ exported }) => exportedName(exported));
    if (declaration?.type === 'VariableDeclaration')
      return [...named, ...declaration.declarations.flatMap(({ id }) => boundNames(id))];
    return declaration ? [...named, declaration.id.name] : named;
  });

/** Exports by which the renderer would print something else than the text says. */
const refused: Readonly<Record<string, readonly [name: string, message: string]>> = {
  default: ['LayoutInPage', 'a page has the layout of the site, and exports none of its own.'],
  components: [
    'ComponentsInPage',
    'a page has the elements of the site, and exports none in the place of them.',
  ],
};

/** A page's own layout or elements would print around everything. Faults: LayoutInPage, ComponentsInPage */
export const checkExports = () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (node.type !== 'mdxjsEsm') return;
    const { estree } = (node.data ?? {}) as { readonly estree?: Program };
    for (const exported of estree ? exportedNames(estree) : []) {
      const [name, message] = (Object.hasOwn(refused, exported) && refused[exported]) || [];
      if (name === undefined || message === undefined) continue;
      reportFault(
        file,
        authorError(
          name,
          message,
          file,
          node,
          `remove \`export ${exported}\`; styles and components of a site are options of paper() in astro.config.mjs.`,
        ),
      );
    }
  });
};
